using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>Refuses images whose scores will be far too large, as those of tiny images show.</summary>
/// <param name="session">The session.</param>
/// <param name="model">Its model.</param>
/// <param name="input">Brings images into the form that it takes.</param>
/// <param name="scores">The output that is asked for, where its size is limited.</param>
/// <param name="limit">How large scores may be.</param>
internal sealed class ScoreGrowthCheck(
    InferenceSession session, OnnxModelInfo model, InputConverter input, SegmentationOutput? scores, OnnxOutputSize limit)
{
    private readonly Lock _measuring = new();
    private ScoreGrowth? _growth;

    /// <summary>
    /// Throws where the scores of an image will be too large. The first call runs the network on 1 to 64 pixels a side.
    /// </summary>
    /// <param name="run">Ends the measuring too.</param>
    /// <param name="height">The height of the image as the network sees it.</param>
    /// <param name="width">Its width.</param>
    /// <param name="cancellation">What ended it, where it was ended.</param>
    /// <exception cref="InvalidOperationException">They will.</exception>
    public void Check(RunOptions run, int height, int width, CancellationToken cancellation) =>
        limit.CheckGrowth(Measure(run, cancellation), height, width);

    private ScoreGrowth Measure(RunOptions run, CancellationToken cancellation)
    {
        lock (_measuring)
        {
            return _growth ??= ScoreGrowth.Measure(
                model.Height, model.Width, (height, width) => ScorePixels(height, width, run, cancellation));
        }
    }

    private long? ScorePixels(int height, int width, RunOptions run, CancellationToken cancellation)
    {
        using InputTensor tensor = input.Convert(new float[model.Channels * height * width], 1, height, width);
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(
                run, [model.ImageInput.Name], [tensor.Value], [scores!.Name]);
            long[] sizes = results[0].GetTensorTypeAndShape().Shape;
            return sizes.Length == scores.Value.Dimensions.Count ? sizes[scores.HeightAxis] * sizes[scores.WidthAxis] : null;
        }
        catch (OnnxRuntimeException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
