using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>
/// Gives the images of a column, or the image files that a column of paths names, one class each with an ONNX model. Adds the
/// class, a key (0 none, k + 1 class k; the annotation KeyValues holds the class names), and the probability of each class. On
/// request it adds what is wrong with a bad image.
/// </summary>
public sealed class ClassifyImageTransformer : ImageModelTransformer<ClassifyImageOptions>, IZipped<ClassifyImageTransformer>
{
    internal ClassifyImageTransformer(ClassifyImageSetup setup, IHostEnvironment env)
        : base(setup, env)
    {
    }

    static ClassifyImageTransformer IZipped<ClassifyImageTransformer>.FromState(TransformerState state, IHostEnvironment env)
    {
        var saved = state.Read<ImageModelState<ClassifyImageOptions>>();
        return new ClassifyImageTransformer(
            new ClassifyImageSetup(saved.OutputColumnName, saved.InputColumnName, state.RequireModel(), saved.Options), env);
    }
}
