using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>
/// Brings planes of floats, as images are prepared, into the form in which a graph takes them: its type, its layout and its
/// number of images. Where it takes more images than there are, the others follow and are zero.
/// </summary>
/// <param name="format">The form.</param>
internal abstract class InputConverter(ImageInputFormat format)
{
    protected ImageInputFormat Format => format;

    /// <summary>The converter for a form.</summary>
    public static InputConverter For(ImageInputFormat format)
    {
        if (format.IsOfBytes) return new TypedInputConverter<byte>(format, PlaneBytes.Round);
        return format.Value.ElementType == typeof(Float16)
            ? new TypedInputConverter<Float16>(format, ToHalf)
            : new TypedInputConverter<float>(format, (values, same) => values.CopyTo(same));
    }

    /// <summary>The images as the graph takes them. Floats that are in its form already are not copied.</summary>
    /// <param name="images">[<paramref name="count"/>,C,<paramref name="height"/>,<paramref name="width"/>].</param>
    /// <param name="count">How many images there are; at most as many as the graph takes at a time.</param>
    /// <param name="height">Their height.</param>
    /// <param name="width">Their width.</param>
    /// <exception cref="InvalidOperationException">
    /// As many as the graph takes at a time have more than 400 million pixels.
    /// </exception>
    public InputTensor Convert(float[] images, int count, int height, int width)
    {
        int batch = format.Batch ?? count, size = checked(format.Channels * height * width);
        long[] shape = format.ShapeFor(batch, height, width);
        if ((double)batch * height * width > ImageLimit.Pixels)
        {
            throw new InvalidOperationException(
                $"The model takes {batch} images at a time ({format.Value}), which are more "
                + $"than {ImageLimit.Pixels / 1_000_000} million pixels at {width}×{height}. Export it for one image, or give a "
                + "smaller size.");
        }
        bool isPlanes = format.Layout == TensorLayout.ChannelsFirst || format.Channels == 1;
        return batch == count && isPlanes && format.Value.ElementType == typeof(float)
            ? new InputTensor(CreateValue(images.AsMemory(0, batch * size), shape), null)
            : Create(images.AsSpan(0, count * size), count, batch * size, shape);
    }

    /// <summary>Lets the memory of earlier runs go.</summary>
    public abstract void Close();

    protected abstract InputTensor Create(ReadOnlySpan<float> images, int count, int length, long[] shape);

    protected static OrtValue CreateValue<T>(Memory<T> values, long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape);

    private static void ToHalf(ReadOnlySpan<float> values, Span<Float16> halves) =>
        TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<Float16, Half>(halves));
}
