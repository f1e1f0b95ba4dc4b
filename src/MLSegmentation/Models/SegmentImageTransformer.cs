using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>
/// Segments the images of a column, or the image files that a column of paths names, with an ONNX model. Adds the mask, one key a
/// pixel, row by row (0 no class, k + 1 class k; the annotation KeyValues holds the class names). On request it adds the
/// confidences, an overlay image, what is wrong with a bad image, and the mask's width and height.
/// </summary>
public sealed class SegmentImageTransformer : ImageModelTransformer<SegmentImageOptions>, IZipped<SegmentImageTransformer>
{
    internal SegmentImageTransformer(SegmentImageSetup setup, IHostEnvironment env)
        : base(setup, env)
    {
    }

    static SegmentImageTransformer IZipped<SegmentImageTransformer>.FromState(TransformerState state, IHostEnvironment env)
    {
        var saved = state.Read<ImageModelState<SegmentImageOptions>>();
        return new SegmentImageTransformer(
            new SegmentImageSetup(saved.OutputColumnName, saved.InputColumnName, state.RequireModel(), saved.Options), env);
    }
}
