using PureHDF;
using PureHDF.VOL.Native;

namespace MLSegmentation.Training.Weights;

/// <summary>A weight that is a dataset of an HDF5 file.</summary>
internal sealed class HdfWeight(string name, NativeDataset dataset)
    : StoredWeight(name, [.. dataset.Space.Dimensions.Select(size => checked((long)size))], FormatOf(dataset.Type))
{
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
            Guard(() => dataset.Read(new Span<float>(numbers, count)));
        }
    }

    private static NumberFormat FormatOf(IH5DataType type) =>
        type is { Class: H5DataTypeClass.FloatingPoint, Size: sizeof(float) } ? NumberFormat.Float32 : NumberFormat.Other;
}
