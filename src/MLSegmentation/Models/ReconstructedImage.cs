using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>Reconstructs one image after the other; each row or cursor has its own, all share the session. Results are reused.</summary>
internal sealed class ReconstructedImage(OnnxSession session, ReconstructionSetup setup, bool wantsLatent)
{
    private float[] _tensor = [];
    private float[] _reconstruction = [];
    private ImageGeometry _geometry = null!;
    private float[]? _errors;

    /// <summary>The latent vector, where it was wanted.</summary>
    public float[] Latent { get; private set; } = [];

    /// <summary>Runs the model on an image.</summary>
    public ReconstructedImage Score(MLImage image)
    {
        OnnxModelInfo model = setup.Model;
        _geometry = setup.Sizing.GeometryFor(image.Width, image.Height);
        _errors = null;
        int length = model.Channels * _geometry.TensorHeight * _geometry.TensorWidth;
        if (_tensor.Length < length) _tensor = new float[length];
        ImageTensor.Fill(image, _geometry, model.Channels, _tensor.AsSpan(0, length));
        string[] outputs = wantsLatent ? [setup.Reconstruction.Name, setup.Latent!.Name] : [setup.Reconstruction.Name];
        using OnnxResults results = session.Run(_tensor, 1, _geometry.TensorHeight, _geometry.TensorWidth, outputs);
        Read(results);
        return this;
    }

    /// <summary>The mean squared error on a scale of 0 to 1, over the image's part of the tensor.</summary>
    public float Error()
    {
        double sum = 0;
        int rows = setup.Model.Channels * _geometry.TensorHeight, width = _geometry.TensorWidth;
        for (int row = 0; row < rows; row++)
        {
            if (row % _geometry.TensorHeight >= _geometry.ScaledHeight) continue;
            for (int i = row * width; i < row * width + _geometry.ScaledWidth; i++)
            {
                double difference = (_tensor[i] - _reconstruction[i]) / byte.MaxValue;
                sum += difference * difference;
            }
        }
        return (float)(sum / ((double)setup.Model.Channels * _geometry.ScaledHeight * _geometry.ScaledWidth));
    }

    /// <summary>The error of each pixel as the options want it, in the size of the incoming image.</summary>
    public float[] ErrorMap()
    {
        var map = new float[_geometry.ImageWidth * _geometry.ImageHeight];
        ImageResizer.Resize(Errors(), _geometry.ScaledWidth, _geometry.ScaledHeight, map, _geometry.ImageWidth, _geometry.ImageHeight);
        return map;
    }

    /// <summary>The quantile of the error map, at the size that the model sees.</summary>
    public float AnomalyScore()
    {
        float[] sorted = [.. Errors()];
        Array.Sort(sorted);
        return sorted[Math.Max(0, (int)Math.Ceiling(setup.Options.AnomalyQuantile * sorted.Length) - 1)];
    }

    /// <summary>The reconstruction in the size of the incoming image, rounded to 0 to 255.</summary>
    public MLImage Draw()
    {
        int channels = setup.Model.Channels, pixels = _geometry.ImageWidth * _geometry.ImageHeight;
        int length = channels * _geometry.TensorHeight * _geometry.TensorWidth;
        var planes = new float[channels * pixels];
        ImageTensor.Restore(_reconstruction.AsSpan(0, length), _geometry, channels, planes);
        var bytes = new byte[4 * pixels];
        for (int i = 0; i < pixels; i++)
        {
            for (int channel = 0; channel < 3; channel++) bytes[4 * i + channel] = ToByte(planes[channel % channels * pixels + i]);
            bytes[4 * i + 3] = byte.MaxValue;
        }
        return MLImage.CreateFromPixels(_geometry.ImageWidth, _geometry.ImageHeight, MLPixelFormat.Rgba32, bytes);
    }

    /// <summary>The error map at the size that the model sees, padding left out.</summary>
    private float[] Errors()
    {
        if (_errors is not null) return _errors;
        int channels = setup.Model.Channels, width = _geometry.ScaledWidth, height = _geometry.ScaledHeight;
        var errors = new float[width * height];
        for (int row = 0; row < channels * height; row++)
        {
            int start = ((row / height * _geometry.TensorHeight) + (row % height)) * _geometry.TensorWidth;
            Span<float> line = errors.AsSpan(row % height * width, width);
            for (int x = 0; x < width; x++)
            {
                float difference = (_tensor[start + x] - _reconstruction[start + x]) / byte.MaxValue;
                line[x] += difference * difference / channels;
            }
        }
        GaussianFilter.Apply(errors, width, height, setup.Options.ErrorSmoothing);
        float unit = setup.Options.RelativeErrors ? Error() : 1;
        if (unit > 0) TensorPrimitives.Divide(errors, unit, errors);
        return _errors = errors;
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(MathF.Round(value), byte.MinValue, byte.MaxValue);

    private void Read(OnnxResults results)
    {
        long[] expected = [1, setup.Model.Channels, _geometry.TensorHeight, _geometry.TensorWidth];
        long[] shape = results[0].GetTensorTypeAndShape().Shape;
        if (!shape.AsSpan().SequenceEqual(expected))
        {
            throw new InvalidOperationException(
                $"The model's output '{setup.Reconstruction.Name}' has the shape [{string.Join(',', shape)}], expected the image's [{string.Join(',', expected)}]. "
                + "Where the model takes sizes of a multiple only, its metadata must say so.");
        }
        ReadOnlySpan<float> values = results[0].GetTensorDataAsSpan<float>();
        if (_reconstruction.Length < values.Length) _reconstruction = new float[values.Length];
        values.CopyTo(_reconstruction);
        if (wantsLatent) Latent = results[1].GetTensorDataAsSpan<float>().ToArray();
    }
}
