using System.Buffers.Binary;
using System.Globalization;
using BitMiracle.LibTiff.Classic;

namespace MLSegmentation;

/// <summary>
/// Decompresses CCITT G3 and G4 by LibTiff. It sees a file that is put together here, of one strip and the few fields that it
/// needs, whatever the real one holds; what it says went wrong is kept, where it would print it.
/// </summary>
internal static class TiffFax
{
    private const int Header = 8, EntryBytes = 12, MostEntries = 11,
        Content = Header + sizeof(ushort) + (MostEntries * EntryBytes) + sizeof(uint);
    private const ushort Short = 3, Long = 4;
    private static readonly Lock _gate = new();
    private static bool _hasHandler;

    /// <summary>Decompresses rows of one bit a pixel.</summary>
    /// <param name="data">The compressed rows.</param>
    /// <param name="layout">How the image is stored.</param>
    /// <param name="options">The fields T4Options and T6Options.</param>
    /// <param name="rows">The rows wanted.</param>
    /// <param name="target">Receives them; each begins with a byte, and black is 1.</param>
    /// <returns>What is wrong with the data; null where nothing is.</returns>
    public static string? Decode(ReadOnlySpan<byte> data, TiffLayout layout, (int T4, int T6) options, int rows, byte[] target)
    {
        lock (_gate)
        {
            // There is one handler for the whole process: others' files stay with the one before.
            if (!_hasHandler) Tiff.SetErrorHandler(new Handler(Tiff.SetErrorHandler(null)));
            _hasHandler = true;
        }
        int bytes = (int)layout.BytesOf(rows);
        using var file = new FaxFile(Build(data, layout, options, rows));
        try
        {
            using Tiff? tiff = Tiff.ClientOpen("fax", "r", file, new TiffStream());
            int read = tiff?.ReadEncodedStrip(0, target, 0, bytes) ?? 0;
            return file.Message ?? (read < bytes ? $"they end after {read} bytes, expected {bytes}" : null);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // On damaged data LibTiff throws exceptions of many kinds.
            return file.Message ?? error.Message;
        }
    }

    private static byte[] Build(ReadOnlySpan<byte> data, TiffLayout layout, (int T4, int T6) options, int rows)
    {
        (TiffTag Tag, ushort Type, int Value)[] entries =
        [
            (TiffTag.IMAGEWIDTH, Long, layout.BlockWidth), (TiffTag.IMAGELENGTH, Long, rows), (TiffTag.BITSPERSAMPLE, Short, 1),
            (TiffTag.COMPRESSION, Short, (int)layout.Compression), (TiffTag.PHOTOMETRIC, Short, (int)Photometric.MINISWHITE),
            (TiffTag.FILLORDER, Short, (int)(layout.IsReversed ? FillOrder.LSB2MSB : FillOrder.MSB2LSB)),
            (TiffTag.STRIPOFFSETS, Long, Content),
            (TiffTag.SAMPLESPERPIXEL, Short, 1), (TiffTag.ROWSPERSTRIP, Long, rows), (TiffTag.STRIPBYTECOUNTS, Long, data.Length),
            .. layout.Compression switch
            {
                Compression.CCITTFAX3 => [(TiffTag.T4OPTIONS, Long, options.T4)],
                Compression.CCITTFAX4 => [(TiffTag.T6OPTIONS, Long, options.T6)],
                _ => Array.Empty<(TiffTag, ushort, int)>(),
            },
        ];
        var file = new byte[Content + data.Length];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), Header);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(Header), (ushort)entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            Span<byte> entry = file.AsSpan(Header + sizeof(ushort) + (i * EntryBytes), EntryBytes);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)entries[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], entries[i].Type);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], entries[i].Value);
        }
        data.CopyTo(file.AsSpan(Content));
        return file;
    }

    private sealed class FaxFile(byte[] content) : MemoryStream(content)
    {
        public string? Message { get; set; }
    }

    private sealed class Handler(TiffErrorHandler? others) : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
            if (!Keep(tif, format, args)) others?.ErrorHandler(tif, method, format, args);
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
            if (tif?.Clientdata() is not FaxFile) others?.ErrorHandlerExt(tif, clientData, method, format, args);
        }

        // A code that does not exist is a warning to LibTiff, which leaves the rest of the row white.
        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
            if (!Keep(tif, format, args)) others?.WarningHandler(tif, method, format, args);
        }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
            if (tif?.Clientdata() is not FaxFile) others?.WarningHandlerExt(tif, clientData, method, format, args);
        }

        private static bool Keep(Tiff? tif, string format, object[] args)
        {
            if (tif?.Clientdata() is not FaxFile file) return false;
            file.Message ??= string.Format(CultureInfo.InvariantCulture, format, args);
            return true;
        }
    }
}
