using System.Buffers.Binary;
using System.Globalization;
using BitMiracle.LibTiff.Classic;

namespace MLSegmentation.Images;

/// <summary>A TIFF file as LibTiff reads it, which keeps what LibTiff says went wrong; LibTiff itself would print it.</summary>
internal sealed class TiffFile : TiffStream
{
    private static readonly Lock _gate = new();
    private static bool _hasHandler;
    private readonly Stream _file;
    private readonly string _name;
    private string _message = "";

    private TiffFile(Stream file, string name) => (_file, _name) = (file, name);

    /// <summary>The bytes of the file.</summary>
    public long Length => _file.Length;

    /// <summary>Opens a TIFF; closing it closes the file.</summary>
    /// <exception cref="InvalidDataException">The file is truncated or damaged.</exception>
    public static (Tiff Tiff, TiffFile File) Open(Stream stream, string name)
    {
        lock (_gate)
        {
            // There is one handler for the whole process: others' files stay with the one before.
            if (!_hasHandler) Tiff.SetErrorHandler(new Handler(Tiff.SetErrorHandler(null)));
            _hasHandler = true;
        }
        var file = new TiffFile(stream, name);
        file.CheckDirectorySize();
        stream.Position = 0;
        const string NoDirectory = "has no directory that can be read";
        return (file.Guard(NoDirectory, () => Tiff.ClientOpen(name, "r", file, file)) ?? throw file.Damaged(NoDirectory), file);
    }

    /// <summary>Does what LibTiff may meet damage in: it then throws exceptions of many kinds.</summary>
    /// <exception cref="InvalidDataException">It met damage; <paramref name="what"/> tells what the file has.</exception>
    public T Guard<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not (InvalidDataException or IOException))
        {
            throw Damaged(what, error);
        }
    }

    public InvalidDataException Damaged(string what, Exception? inner = null) => new(
        $"The TIFF file '{_name}' {what}{(_message.Length > 0 ? $" ({_message})" : "")}: it is truncated or damaged. "
        + "Copy or download it again.", inner);

    public InvalidDataException Unsupported(string what) => new(
        $"The TIFF file '{_name}' {what}. Save it as TIFF of 8 or 16 bits (gray, RGB or palette), in small strips or tiles, or as PNG.");

    public override int Read(object clientData, byte[] buffer, int offset, int count) =>
        _file.ReadAtLeast(buffer.AsSpan(offset, count), count, throwOnEndOfStream: false);

    public override void Write(object clientData, byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>-1, which LibTiff takes for damage, where the file has no such place; a stream would throw.</summary>
    public override long Seek(object clientData, long offset, SeekOrigin origin)
    {
        long start = origin switch { SeekOrigin.Current => _file.Position, SeekOrigin.End => Length, _ => 0 };
        return offset < -start || offset > Length - start ? -1 : _file.Seek(offset, origin);
    }

    public override void Close(object clientData) => _file.Dispose();

    public override long Size(object clientData) => Length;

    /// <summary>LibTiff takes memory for as many entries as a BigTIFF's first directory says it has, before it reads them.</summary>
    private void CheckDirectorySize()
    {
        const int BigHeader = 16, EntryBytes = 20;
        Span<byte> header = stackalloc byte[BigHeader];
        _file.Position = 0;
        if (_file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !(header.StartsWith("II+"u8) || header[3] == '+')) return;
        bool isBig = header[0] == 'M';
        ulong Number(ReadOnlySpan<byte> bytes) => isBig ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ulong offset = Number(header[8..]);
        if (offset > (ulong)Length) return;
        _file.Position = (long)offset;
        Span<byte> count = header[..sizeof(ulong)];
        if (_file.ReadAtLeast(count, count.Length, throwOnEndOfStream: false) < count.Length) return;
        if (Number(count) > (ulong)(Length / EntryBytes)) throw Damaged($"has {Length} bytes, too few for the {Number(count)} entries of its directory");
    }

    private sealed class Handler(TiffErrorHandler? others) : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
            if (tif?.Clientdata() is TiffFile file) file._message = string.Format(CultureInfo.InvariantCulture, format, args);
            else others?.ErrorHandler(tif, method, format, args);
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
            if (tif?.Clientdata() is not TiffFile) others?.ErrorHandlerExt(tif, clientData, method, format, args);
        }

        // Unknown tags and the like: what matters to the pixels is an error.
        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
            if (tif?.Clientdata() is not TiffFile) others?.WarningHandler(tif, method, format, args);
        }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
            if (tif?.Clientdata() is not TiffFile) others?.WarningHandlerExt(tif, clientData, method, format, args);
        }
    }
}
