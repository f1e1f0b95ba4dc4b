using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation.Training.Onnx;

/// <summary>Tries an adopted model on synthetic images before anybody relies on it.</summary>
internal static class AdoptionCheck
{
    // Large enough for networks that halve images many times; two at a time take no longer at half of it.
    private const int Width = 512, Height = 384;
    private const double MostDifferent = 0.001, MostDifferentOfHalves = 0.01;

    /// <summary>Throws where the adopted model gives another mask than the model does by the options.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What has to be said to score with it.</param>
    /// <param name="adopted">The adopted model.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidOperationException">It does.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static void RequireSameMask(
        OnnxModelSource model, SegmentationModelOptions options, byte[] adopted, CancellationToken cancellation)
    {
        using MLImage image = Paint(model.Info.Width ?? Width, model.Info.Height ?? Height);
        uint[] expected, actual;
        using (var before = SegmentationModel.Load(model, options)) expected = before.Segment(image, cancellation).Mask.ToArray();
        using (var after = SegmentationModel.Load(adopted, new() { Threads = options.Threads }))
            actual = after.Segment(image, cancellation).Mask.ToArray();
        double different = 1 - Agreement(expected, actual);
        bool isHalf = model.Info.ImageInput.ElementType == typeof(Float16)
            || model.Info.Outputs.Any(output => output.ElementType == typeof(Float16));
        if (different > (isHalf ? MostDifferentOfHalves : MostDifferent))
        {
            throw new InvalidOperationException(
                $"{model.Name} as adopted gives another mask than with the options in {different:P1} of the pixels of a "
                + "synthetic image, so that nothing was written. Score it with the options.");
        }
    }

    /// <summary>
    /// Whether a model gives each of two images at a time the mask that it gives the image alone: graphs may say that the number
    /// is free, and mean one.
    /// </summary>
    /// <param name="adopted">The model.</param>
    /// <param name="multiple">What height and width must be multiples of.</param>
    public static bool TakesSeveral(byte[] adopted, int multiple)
    {
        using SessionOptions options = OnnxModelFile.CreateOptions();
        using InferenceSession session = OnnxModelFile.Open(adopted, "The adopted model", options);
        int[] shape = session.InputMetadata[GraphNames.Image].Dimensions;
        int channels = shape[1], height = Size(shape[2], Height / 2, multiple), width = Size(shape[3], Width / 2, multiple);
        int length = channels * height * width;
        float[] images = [.. Enumerable.Range(0, 2 * length).Select(i => (float)Pattern(i % width, i / width))];
        try
        {
            byte[] both = Masks(session, images, 2, channels, height, width),
                first = Masks(session, images[..length], 1, channels, height, width),
                second = Masks(session, images[length..], 1, channels, height, width);
            return Agreement<byte>(both, [.. first, .. second]) >= 1 - MostDifferentOfHalves;
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }
    }

    private static int Size(int declared, int free, int multiple) =>
        declared > 0 ? declared : (free + multiple - 1) / multiple * multiple;

    private static byte[] Masks(InferenceSession session, float[] images, params long[] shape)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(images, shape);
        using var run = new RunOptions();
        using var results = session.Run(run, [GraphNames.Image], [input], [GraphNames.Mask]);
        return results[0].GetTensorDataAsSpan<byte>().ToArray();
    }

    private static double Agreement<T>(T[] one, T[] other)
        where T : IEquatable<T> => one.Length != other.Length
            ? 0
            : one.Zip(other).Count(pair => pair.First.Equals(pair.Second)) / (double)one.Length;

    /// <summary>An image of gradients, edges and noise, so that a network sees something of everything.</summary>
    private static MLImage Paint(int width, int height)
    {
        var pixels = new byte[4 * width * height];
        for (int i = 0; i < width * height; i++)
        {
            int x = i % width, y = i / width;
            for (int channel = 0; channel < 3; channel++) pixels[4 * i + channel] = Pattern(x + 37 * channel, y + 91 * channel);
            pixels[4 * i + 3] = byte.MaxValue;
        }
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels);
    }

    private static byte Pattern(int x, int y)
    {
        // Primes and shifts as hash functions have them: noise that is the same everywhere.
        uint noise = ((uint)x * 374761393) + ((uint)y * 668265263);
        noise = (noise ^ (noise >> 13)) * 1274126177;
        bool isLight = (x / 16 + y / 24) % 3 == 0;
        return (byte)(((x + y) % 160) + (isLight ? 63 : 0) + (noise >> 27));
    }
}
