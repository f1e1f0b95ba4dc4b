using System.IO.Compression;

namespace MLSegmentation.Training;

/// <summary>
/// Reads what <c>torch.save(model.state_dict())</c> writes since PyTorch 1.6: a zip with <c>data.pkl</c> and an uncompressed
/// entry <c>data/KEY</c> for each storage.
/// </summary>
internal static class TorchZipReader
{
    private const string PickleName = "/data.pkl";

    /// <summary>Whether a file that begins with these bytes can be one.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith("PK\x03\x04"u8);

    /// <summary>Lists the tensors of the file.</summary>
    /// <exception cref="InvalidDataException">
    /// The zip or its pickle is wrong, or tensors lie beyond what the file has.
    /// </exception>
    public static IReadOnlyList<StoredWeight> Read(Stream file)
    {
        // The archive only reads, and lives as long as the stream that it reads.
        var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var pickles = zip.Entries.Where(entry => entry.FullName.EndsWith(PickleName, StringComparison.Ordinal));
        if (pickles.ToArray() is not [var pickle])
            throw new InvalidDataException("it is a zip without a data.pkl, so not written by torch.save");
        string root = pickle.FullName[..^PickleName.Length];
        CheckByteOrder(zip.GetEntry($"{root}/byteorder"));

        using Stream stream = OpenStored(pickle);
        object? state = new RestrictedUnpickler(stream).Load();
        return [.. TorchPickle.Tensors(state).Select(tensor => Weight(zip, root, tensor.Name, tensor.Tensor))];
    }

    private static void CheckByteOrder(ZipArchiveEntry? entry)
    {
        if (entry is null) return;
        using Stream stream = OpenStored(entry);
        if (!new PickleStream(stream).ReadText((int)Math.Min(entry.Length, 6)).Equals("little", StringComparison.Ordinal))
            throw new InvalidDataException("its numbers are big-endian; save it on a little-endian machine");
    }

    private static RawWeight Weight(ZipArchive zip, string root, string name, TorchTensor tensor)
    {
        TorchStorage storage = tensor.Storage;
        ZipArchiveEntry entry = zip.GetEntry($"{root}/data/{storage.Key}")
            ?? throw new InvalidDataException(
                $"'{name}' is in 'data/{storage.Key}', which is missing; it is truncated or damaged");
        if (entry.Length / storage.ElementSize < storage.Count)
            throw new InvalidDataException(
                $"'{name}' is in 'data/{storage.Key}', which has {entry.Length:N0} bytes, expected {storage.Count:N0} numbers "
                + $"of {storage.ElementSize}");
        OpenStored(entry).Dispose();
        return new RawWeight(name, tensor.Shape, tensor.Strides, storage.Format, tensor.Offset, (offset, destination) =>
        {
            using Stream stream = OpenStored(entry);
            Skip(stream, offset);
            stream.ReadExactly(destination);
        });
    }

    /// <summary>Opens an entry that lies in the file as it is: a compressed one could claim to become any size.</summary>
    private static Stream OpenStored(ZipArchiveEntry entry) => entry.CompressedLength == entry.Length
        ? entry.Open()
        : throw new InvalidDataException($"its entry '{entry.FullName}' is compressed, which torch.save never does");

    private static void Skip(Stream stream, long count)
    {
        var buffer = new byte[Math.Min(count, 1 << 16)];
        for (long left = count; left > 0; left -= buffer.Length)
            stream.ReadExactly(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
    }
}
