using System.Runtime.InteropServices;

namespace MLSegmentation;

/// <summary>A converter to elements of one type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="format">The form.</param>
/// <param name="convert">Makes such elements of floats.</param>
internal sealed class TypedInputConverter<T>(ImageInputFormat format, PlaneConversion<T> convert) : InputConverter(format)
    where T : unmanaged
{
    // So many pixels of all channels stay in a core's own cache until they are put side by side.
    private const int PixelsAtOnce = 1024, MostChannels = 4;

    private readonly TensorPool<T> _tensors = new();

    public override void Close() => _tensors.Close();

    protected override InputTensor Create(ReadOnlySpan<float> images, int count, int length, long[] shape)
    {
        T[] tensor = _tensors.Rent(length);
        Span<T> used = tensor.AsSpan(0, images.Length);
        if (Format.Layout == TensorLayout.ChannelsFirst) convert(images, used);
        else Interleave(images, count, used);
        tensor.AsSpan(images.Length, length - images.Length).Clear();
        return new InputTensor(CreateValue(tensor.AsMemory(0, length), shape), () => _tensors.Return(tensor));
    }

    private void Interleave(ReadOnlySpan<float> images, int count, Span<T> tensor)
    {
        int channels = Format.Channels, size = images.Length / count, pixels = size / channels;
        Span<T> block = stackalloc T[PixelsAtOnce * MostChannels];
        for (int image = 0; image < count; image++)
        {
            ReadOnlySpan<float> planes = images.Slice(image * size, size);
            if (typeof(T) == typeof(float))
            {
                PixelInterleaving.Apply(
                    MemoryMarshal.Cast<float, T>(planes), pixels, channels, tensor.Slice(image * size, size));
                continue;
            }
            for (int first = 0; first < pixels; first += PixelsAtOnce)
            {
                int length = Math.Min(PixelsAtOnce, pixels - first);
                for (int channel = 0; channel < channels; channel++)
                    convert(planes.Slice((channel * pixels) + first, length), block.Slice(channel * PixelsAtOnce, length));
                PixelInterleaving.Apply(
                    block, PixelsAtOnce, channels, tensor.Slice((image * size) + (first * channels), length * channels));
            }
        }
    }
}
