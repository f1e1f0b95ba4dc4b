using System.Runtime.InteropServices;
using PureHDF;
using PureHDF.VOL.Native;

namespace MLSegmentation.Training;

/// <summary>A weight that is a dataset of an HDF5 file.</summary>
internal sealed class HdfWeight(string name, NativeDataset dataset)
    : StoredWeight(name, [.. dataset.Space.Dimensions.Select(size => checked((long)size))], FormatOf(dataset.Type))
{
    // Not a number, of a kind that no computation makes.
    private static readonly float _unread = BitConverter.Int32BitsToSingle(0x7fad5eed);

    /// <summary>Turns whatever the HDF5 library throws on a damaged file into one exception.</summary>
    public static void Guard(Action read)
    {
        try
        {
            read();
        }
        catch (Exception error) when (error is not InvalidDataException)
        {
            throw new InvalidDataException(
                $"it is damaged, or HDF5 of another kind than Keras writes ({error.Message.TrimEnd('.')})", error);
        }
    }

    /// <inheritdoc/>
    public override unsafe void Read(Span<float> destination)
    {
        fixed (float* start = destination)
        {
            float* numbers = start;
            int count = destination.Length;
            destination.Fill(_unread);
            Guard(() => dataset.Read(new Span<float>(numbers, count)));
        }

        // Of a damaged dataset the library leaves out what it does not find, and says nothing.
        if (MemoryMarshal.Cast<float, int>(destination).Contains(BitConverter.SingleToInt32Bits(_unread)))
            throw new InvalidDataException($"it is damaged: not all numbers of '{Name}' are in it");
    }

    private static NumberFormat FormatOf(IH5DataType type) =>
        type is { Class: H5DataTypeClass.FloatingPoint, Size: sizeof(float) } ? NumberFormat.Float32 : NumberFormat.Other;
}
