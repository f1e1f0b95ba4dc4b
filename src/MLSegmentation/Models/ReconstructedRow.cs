using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>
/// Passes the image of each row through an autoencoder, which answers a reconstruction, or the error of each pixel itself. Where
/// the image is bad, there is no reconstruction and no number is one.
/// </summary>
internal sealed class ReconstructedRow(
    OnnxSession session, ReconstructImageSetup setup, RowImageSource images, ImageDataViewType type, bool wantsLatent) : ScoredRow
{
    private readonly ImageInput _input = new(session, setup.Input, setup.Options.SampleRange);
    private float[] _answer = [];
    private float[]? _errors;

    /// <summary>The latent vector, where it was wanted.</summary>
    public float[] Latent { get; private set; } = [];

    private ImageGeometry Geometry => _input.Geometry;

    protected override void Score()
    {
        _errors = null;
        string[] outputs = wantsLatent ? [setup.Answer.Name, setup.Latent!.Name] : [setup.Answer.Name];
        using OnnxResults results = _input.Run(images.Read(), outputs);
        Read(results);
    }

    protected override void Reject() => Latent = NoNumbers(setup.LatentSize);

    /// <summary>
    /// The mean squared error on a scale of 0 to 1, or the mean of the errors that the model gives, over the image's part of the
    /// tensor.
    /// </summary>
    public float MeanError()
    {
        if (Error is not null) return float.NaN;
        if (setup.GivesErrors) return (float)GivenErrors().Average(error => (double)error);
        double sum = 0;
        float[] tensor = _input.Tensor;
        int rows = setup.Model.Channels * Geometry.TensorHeight, width = Geometry.TensorWidth;
        for (int row = 0; row < rows; row++)
        {
            if (row % Geometry.TensorHeight >= Geometry.ScaledHeight) continue;
            for (int i = row * width; i < row * width + Geometry.ScaledWidth; i++)
            {
                double difference = (tensor[i] - _answer[i]) / byte.MaxValue;
                sum += difference * difference;
            }
        }
        return (float)(sum / ((double)setup.Model.Channels * Geometry.ScaledHeight * Geometry.ScaledWidth));
    }

    /// <summary>The error of each pixel as the options want it, in the size of the incoming image.</summary>
    public float[] ErrorMap()
    {
        if (Error is not null) return NoNumbers(type.Width * type.Height);
        var map = new float[Geometry.ImageWidth * Geometry.ImageHeight];
        ImageResizer.Resize(
            Errors(), Geometry.ScaledWidth, Geometry.ScaledHeight, map, Geometry.ImageWidth, Geometry.ImageHeight);
        return map;
    }

    /// <summary>The quantile of the error map, at the size that the model sees.</summary>
    public float AnomalyScore()
    {
        if (Error is not null) return float.NaN;
        float[] sorted = [.. Errors()];
        Array.Sort(sorted);
        return sorted[Math.Max(0, (int)Math.Ceiling(setup.Options.AnomalyQuantile * sorted.Length) - 1)];
    }

    /// <summary>The reconstruction in the size of the incoming image, rounded to 0 to 255.</summary>
    public MLImage? Draw()
    {
        if (Error is not null) return null;
        int channels = setup.Model.Channels, pixels = Geometry.ImageWidth * Geometry.ImageHeight;
        int length = channels * Geometry.TensorHeight * Geometry.TensorWidth;
        var planes = new float[channels * pixels];
        ImageTensor.Restore(_answer.AsSpan(0, length), Geometry, channels, planes);
        if (setup.Input.Scaling.IsBgr && channels > 1) Swap(planes.AsSpan(0, pixels), planes.AsSpan(2 * pixels, pixels));
        return MLImage.CreateFromPixels(
            Geometry.ImageWidth, Geometry.ImageHeight, MLPixelFormat.Rgba32, ImageTensor.ToRgba(planes, channels));
    }

    /// <summary>The error map at the size that the model sees, padding left out.</summary>
    private float[] Errors()
    {
        if (_errors is not null) return _errors;
        float[] errors = setup.GivesErrors ? GivenErrors() : SquaredDifferences();
        GaussianFilter.Apply(errors, Geometry.ScaledWidth, Geometry.ScaledHeight, setup.Options.ErrorSmoothing);
        float unit = setup.Options.RelativeErrors ? MeanError() : 1;
        if (unit > 0) TensorPrimitives.Divide(errors, unit, errors);
        return _errors = errors;
    }

    private float[] GivenErrors()
    {
        int width = Geometry.ScaledWidth, height = Geometry.ScaledHeight;
        var errors = new float[width * height];
        for (int row = 0; row < height; row++)
            _answer.AsSpan(row * Geometry.TensorWidth, width).CopyTo(errors.AsSpan(row * width, width));
        return errors;
    }

    private float[] SquaredDifferences()
    {
        int channels = setup.Model.Channels, width = Geometry.ScaledWidth, height = Geometry.ScaledHeight;
        float[] tensor = _input.Tensor, errors = new float[width * height];
        for (int row = 0; row < channels * height; row++)
        {
            int start = ((row / height * Geometry.TensorHeight) + (row % height)) * Geometry.TensorWidth;
            Span<float> line = errors.AsSpan(row % height * width, width);
            for (int x = 0; x < width; x++)
            {
                float difference = (tensor[start + x] - _answer[start + x]) / byte.MaxValue;
                line[x] += difference * difference / channels;
            }
        }
        return errors;
    }

    private static float[] NoNumbers(int length)
    {
        var values = new float[length];
        Array.Fill(values, float.NaN);
        return values;
    }

    private static void Swap(Span<float> first, Span<float> last)
    {
        for (int i = 0; i < first.Length; i++) (first[i], last[i]) = (last[i], first[i]);
    }

    private void Read(OnnxResults results)
    {
        ImageInputFormat format = setup.Model.InputFormat;
        int channels = setup.GivesErrors ? 1 : format.Channels;
        long[] expected = format.ShapeFor(format.Batch ?? 1, Geometry.TensorHeight, Geometry.TensorWidth);
        expected[format.ChannelAxis] = channels;
        long[] shape = results[0].GetTensorTypeAndShape().Shape;
        if (!shape.AsSpan().SequenceEqual(expected))
        {
            throw new InvalidOperationException(
                $"The model's output '{PrintableText.Of(setup.Answer.Name)}' has the shape [{string.Join(',', shape)}], "
                + $"expected the image's [{string.Join(',', expected)}]. "
                + "Set SizeMultiple where the model takes sizes of a multiple only.");
        }
        int length = channels * Geometry.TensorHeight * Geometry.TensorWidth;
        if (_answer.Length < length) _answer = new float[length];
        AnswerReader.Read(results[0], format.Layout, channels, _answer.AsSpan(0, length));
        if (!setup.GivesErrors)
        {
            // Pixels of 0 to 255 are compared and drawn, whatever the model wants to see.
            setup.Input.Scaling.Undo(_answer.AsSpan(0, length));
            setup.Input.Scaling.Undo(_input.Tensor.AsSpan(0, length));
        }
        if (!wantsLatent) return;
        Latent = new float[results[1].GetTensorTypeAndShape().Shape[^1]];
        AnswerReader.Read(results[1], Latent);
    }
}
