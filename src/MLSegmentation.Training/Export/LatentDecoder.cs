using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation.Training;

/// <summary>
/// The second half of a trained autoencoder: makes images from latent values, also from those that no image had. A latent space
/// of two values can be walked through and drawn as a picture (its manifold). It runs on the CPU.
/// </summary>
public sealed class LatentDecoder : IDisposable
{
    private readonly RunsInFlight _inFlight = new(nameof(LatentDecoder));
    private readonly InferenceSession _session;
    private readonly long _latent;

    /// <summary>Cuts the decoder out of the autoencoder's model.</summary>
    /// <param name="autoencoder">As trained, or loaded from a zip. It is not needed further.</param>
    /// <exception cref="InvalidDataException">Its model has no latent vector, or was not exported by this project.</exception>
    public LatentDecoder(ReconstructImageTransformer autoencoder)
    {
        ArgumentNullException.ThrowIfNull(autoencoder);
        using SessionOptions options = OnnxModelFile.CreateOptions();
        _session = new InferenceSession(DecoderExporter.Export(autoencoder.Model.Span), options);
        _latent = _session.InputMetadata.Single().Value.Dimensions[1];
    }

    /// <summary>The image that the latent values stand for, rounded to 0 to 255.</summary>
    /// <param name="latent">As many values as the column <c>Latent</c> has.</param>
    /// <exception cref="ArgumentException">There are more values than that or fewer.</exception>
    /// <exception cref="ObjectDisposedException">The decoder was disposed of.</exception>
    public MLImage Decode(params ReadOnlySpan<float> latent)
    {
        if (latent.Length != _latent)
        {
            throw new ArgumentException(
                $"{latent.Length} latent values were given, the autoencoder has {_latent}.", nameof(latent));
        }
        var (width, height, channels, planes) = Run(latent.ToArray());
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, ImageTensor.ToRgba(planes, channels));
    }

    /// <summary>Waits for images that are being made on other threads, then frees the model's memory.</summary>
    public void Dispose()
    {
        if (_inFlight.Close()) _session.Dispose();
    }

    private (int Width, int Height, int Channels, float[] Planes) Run(float[] latent)
    {
        _inFlight.Enter();
        try
        {
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(latent, [1, _latent]);
            using var run = new RunOptions();
            using var results = _session.Run(run, _session.InputNames, [input], _session.OutputNames);
            long[] shape = results[0].GetTensorTypeAndShape().Shape;
            return ((int)shape[3], (int)shape[2], (int)shape[1], results[0].GetTensorDataAsSpan<float>().ToArray());
        }
        finally
        {
            _inFlight.Exit();
        }
    }
}
