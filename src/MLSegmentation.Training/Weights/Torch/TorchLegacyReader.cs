using System.Buffers.Binary;

namespace MLSegmentation.Training;

/// <summary>
/// Reads what <c>torch.save(model.state_dict())</c> wrote before PyTorch 1.6, as torchvision's VGG files of 2017: pickles of a
/// magic number, the protocol, the machine, the state dict and the storages' keys, then each storage after its count in 8 bytes
/// (PyTorch, <c>torch/serialization.py</c>, <c>_legacy_save</c>).
/// </summary>
internal static class TorchLegacyReader
{
    private const long Protocol = 1001;

    // The pickle of 0x1950a86a20f9469cfc6c.
    private static ReadOnlySpan<byte> Magic =>
        [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <summary>Whether a file that begins with these bytes can be one.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith(Magic);

    /// <summary>Lists the tensors of the file.</summary>
    /// <exception cref="InvalidDataException">A pickle is wrong, or tensors lie beyond what the file has.</exception>
    public static IReadOnlyList<StoredWeight> Read(Stream file)
    {
        file.Position = Magic.Length;
        if (new RestrictedUnpickler(file).Load() is not Protocol)
            throw new InvalidDataException($"its protocol is not {Protocol}");
        if (new RestrictedUnpickler(file).Load() is not Dictionary<string, object?> machine
            || machine.GetValueOrDefault("little_endian") is not true)
        {
            throw new InvalidDataException("its numbers are big-endian; save it on a little-endian machine");
        }
        var tensors = TorchPickle.Tensors(new RestrictedUnpickler(file).Load());
        if (new RestrictedUnpickler(file).Load() is not List<object?> keys)
            throw new InvalidDataException("it lists no storages");

        var storages = new Dictionary<string, TorchStorage>();
        foreach (var (name, tensor) in tensors)
        {
            if (storages.TryAdd(tensor.Storage.Key, tensor.Storage) || storages[tensor.Storage.Key] == tensor.Storage) continue;
            throw new InvalidDataException(
                $"'{name}' takes its storage '{tensor.Storage.Key}' for {tensor.Storage.Count:N0} numbers "
                + $"of {tensor.Storage.Format}, "
                + "another tensor for something else");
        }
        var starts = new Dictionary<string, long>();
        foreach (object? key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out TorchStorage? storage))
                throw new InvalidDataException($"it lists a storage '{key}' that no tensor is in");
            starts[name] = Locate(file, storage);
        }
        return [.. tensors.Select(tensor => Weight(file, starts, tensor.Name, tensor.Tensor))];
    }

    private static long Locate(Stream file, TorchStorage storage)
    {
        Span<byte> count = stackalloc byte[8];
        if (file.ReadAtLeast(count, 8, throwOnEndOfStream: false) < 8)
            throw new InvalidDataException($"it ends before its storage '{storage.Key}'; it is truncated");
        if (BinaryPrimitives.ReadInt64LittleEndian(count) != storage.Count)
            throw new InvalidDataException(
                $"its storage '{storage.Key}' has {BinaryPrimitives.ReadInt64LittleEndian(count):N0} numbers, expected "
                + $"{storage.Count:N0}");
        long start = file.Position;
        if (storage.Count > (file.Length - start) / storage.ElementSize)
            throw new InvalidDataException(
                $"its storage '{storage.Key}' needs {storage.Count:N0} numbers of {storage.ElementSize} bytes and "
                + $"{file.Length - start:N0} bytes are left; it is truncated");
        file.Position = start + storage.Count * storage.ElementSize;
        return start;
    }

    private static RawWeight Weight(Stream file, Dictionary<string, long> starts, string name, TorchTensor tensor)
    {
        if (!starts.TryGetValue(tensor.Storage.Key, out long start))
            throw new InvalidDataException($"'{name}' is in the storage '{tensor.Storage.Key}', which is not there");
        return new RawWeight(name, tensor.Shape, tensor.Strides, tensor.Storage.Format, tensor.Offset, (offset, destination) =>
        {
            file.Position = start + offset;
            file.ReadExactly(destination);
        });
    }
}
