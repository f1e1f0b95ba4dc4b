using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// One batch as bytes, so that any thread can make it and little goes to the device; it becomes numbers there.
/// </summary>
/// <param name="count">Images.</param>
/// <param name="channels">Channels of an image.</param>
/// <param name="height">Rows of an image.</param>
/// <param name="width">Columns of an image.</param>
/// <param name="images">
/// [count, height, width, channels], 0 to 255: the order in which convolutions are fastest. Not to be changed any more.
/// </param>
/// <param name="labels">
/// [count, height, width], a class or <see cref="TrainingSample.Ignored"/>, or [count], the class of each image; empty for an
/// autoencoder. Not to be changed any more.
/// </param>
internal sealed class TrainingBatch(int count, int channels, int height, int width, byte[] images, byte[] labels) : IDisposable
{
    private Tensor? _pinnedImages, _pinnedLabels;

    /// <summary>Images.</summary>
    public int Count => count;

    /// <summary>Rows of an image.</summary>
    public int Height => height;

    /// <summary>Columns of an image.</summary>
    public int Width => width;

    /// <summary>[count, height, width, channels].</summary>
    public ReadOnlyMemory<byte> Images => images;

    /// <summary>[count, height, width] or [count]; empty for an autoencoder.</summary>
    public ReadOnlyMemory<byte> Labels => labels;

    /// <summary>The rows that the images were made of, and whether they were mirrored.</summary>
    public IReadOnlyList<(int Row, bool IsFlipped)> Views { get; init; } = [];

    /// <summary>Samples of one size as a batch.</summary>
    public static TrainingBatch Of(IReadOnlyList<TrainingSample> samples)
    {
        var (width, height) = (samples[0].Width, samples[0].Height);
        return new TrainingBatch(
            samples.Count, samples[0].Pixels.Length / (width * height), height, width, Join(samples, sample => sample.Pixels),
            Join(samples, sample => sample.Labels));
    }

    /// <summary>One of the images, without its label.</summary>
    public TrainingBatch Single(int index)
    {
        int size = channels * height * width;
        return new TrainingBatch(1, channels, height, width, images[(index * size)..((index + 1) * size)], []);
    }

    /// <summary>The batch itself where it has so many images or fewer, else parts of so many, the last of the rest.</summary>
    public IEnumerable<TrainingBatch> Parts(int mostImages)
    {
        if (count <= mostImages)
        {
            yield return this;
            yield break;
        }
        int size = channels * height * width, labelSize = labels.Length / count;
        for (int first = 0; first < count; first += mostImages)
        {
            int end = Math.Min(first + mostImages, count);
            yield return new TrainingBatch(
                end - first, channels, height, width, images[(first * size)..(end * size)],
                labels[(first * labelSize)..(end * labelSize)])
            {
                Views = Views.Count == count ? [.. Views.Take(first..end)] : [],
            };
        }
    }

    /// <summary>
    /// Copies the bytes to page-locked memory where they are for a GPU: from there they go to it while the processor goes on.
    /// </summary>
    public void Prepare(Device device)
    {
        if (device.type == DeviceType.CUDA) Prepare(bytes => bytes.pin_memory());
    }

    /// <summary>Lets go of copies in page-locked memory that nobody read, as where features are cached.</summary>
    public void Dispose()
    {
        Interlocked.Exchange(ref _pinnedImages, null)?.Dispose();
        Interlocked.Exchange(ref _pinnedLabels, null)?.Dispose();
    }

    internal void Prepare(Func<Tensor, Tensor> copy)
    {
        using var scope = NewDisposeScope();
        _pinnedImages = copy(frombuffer(images, ScalarType.Byte)).DetachFromDisposeScope();
        if (labels.Length > 0) _pinnedLabels = copy(frombuffer(labels, ScalarType.Byte)).DetachFromDisposeScope();
    }

    /// <summary>The images as (N, C, H, W) in 32 bits, 0 to 255, in memory channels last.</summary>
    public Tensor ImageTensor(Device device) =>
        Move(images, ref _pinnedImages, device).view(count, height, width, channels).permute(0, 3, 1, 2).to(float32);

    /// <summary>The labels as (N, H, W), or (N) where there is one an image, in 64 bits.</summary>
    public Tensor LabelTensor(Device device)
    {
        Tensor bytes = Move(labels, ref _pinnedLabels, device);
        return (labels.Length == count ? bytes : bytes.view(count, height, width)).to(int64);
    }

    private static byte[] Join(IReadOnlyList<TrainingSample> samples, Func<TrainingSample, byte[]> part)
    {
        byte[] first = part(samples[0]);
        if (samples.Count == 1) return first;
        byte[] joined = GC.AllocateUninitializedArray<byte>(samples.Count * first.Length);
        for (int i = 0; i < samples.Count; i++) part(samples[i]).CopyTo(joined, i * first.Length);
        return joined;
    }

    private static Tensor Move(byte[] bytes, ref Tensor? pinned, Device device)
    {
        // The array is read where it is: the tensor holds it.
        if (device.type == DeviceType.CPU) return frombuffer(bytes, ScalarType.Byte);
        if (Interlocked.Exchange(ref pinned, null) is not { } ready) return frombuffer(bytes, ScalarType.Byte).to(device);

        // libtorch notes an event with page-locked memory that a copy reads, and gives the memory to nobody before that is over.
        using (ready) return ready.to(device, non_blocking: true);
    }
}
