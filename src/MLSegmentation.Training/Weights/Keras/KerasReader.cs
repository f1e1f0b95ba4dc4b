using System.Buffers.Binary;
using PureHDF;
using PureHDF.VOL.Native;

namespace MLSegmentation.Training;

/// <summary>
/// Reads the HDF5 files of Keras 1 and 2: a group a layer, in it the weights as <c>block1_conv1_W_1:0</c> or
/// <c>block1_conv1/kernel:0</c>. A file of a whole model has those groups in <c>model_weights</c>.
/// </summary>
internal static class KerasReader
{
    // layer/layer/kernel:0 has three levels; a group may be within itself.
    private const int Deepest = 6, MostObjects = 100_000;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Whether a file that begins with these bytes can be one.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith(Signature);

    /// <summary>Lists the weights of the file.</summary>
    /// <exception cref="InvalidDataException">
    /// It is truncated, no HDF5 file that can be read, or has links that are followed (soft, external).
    /// </exception>
    public static IReadOnlyList<StoredWeight> Read(Stream file)
    {
        CheckLength(file);
        file.Position = 0;
        var weights = new List<StoredWeight>();
        int objects = 0;
        HdfWeight.Guard(() =>
        {
            // It holds nothing but the stream, which is the caller's.
            NativeFile hdf = H5File.Open(new StackBoundStream(file), leaveOpen: true);
            HdfLinks.Check(hdf, MostObjects);
            NativeGroup layers = hdf.LinkExists("model_weights") ? (NativeGroup)hdf.Group("model_weights") : hdf;
            Collect(layers, "", Deepest, weights, ref objects);
        });
        return weights;
    }

    private static void Collect(NativeGroup group, string path, int depth, List<StoredWeight> weights, ref int objects)
    {
        HdfLinks.Check(group, MostObjects);
        foreach (IH5Object child in group.Children())
        {
            if (++objects > MostObjects) throw new InvalidDataException($"it has more than {MostObjects:N0} groups and arrays");
            if (child is NativeDataset dataset)
            {
                HdfLinks.Check(dataset);
                weights.Add(new HdfWeight($"{path}{child.Name}", dataset));
            }
            else if (child is NativeGroup inner && depth > 0)
                Collect(inner, $"{path}{child.Name}/", depth - 1, weights, ref objects);
        }
    }

    /// <summary>
    /// Compares the length with the one that the file's superblock states (HDF5 File Format Specification 3.0, section II.A).
    /// </summary>
    private static void CheckLength(Stream file)
    {
        Span<byte> start = stackalloc byte[52];
        file.Position = 0;
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
            throw new InvalidDataException("it ends within its first bytes; it is truncated");
        var (addressSizeAt, lengthAt) = start[8] switch
        {
            0 => (13, 40),
            1 => (13, 44),
            2 or 3 => (9, 28),
            var version => throw new InvalidDataException($"it is HDF5 with a superblock of version {version}, expected 0 to 3"),
        };
        if (start[addressSizeAt] != sizeof(long))
            throw new InvalidDataException($"it is HDF5 with addresses of {start[addressSizeAt]} bytes, expected 8");
        long length = BinaryPrimitives.ReadInt64LittleEndian(start[lengthAt..]);
        if (length < 0 || length > file.Length)
            throw new InvalidDataException($"it has {file.Length:N0} bytes, expected {length:N0}; it is truncated");
    }
}
