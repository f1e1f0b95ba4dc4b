using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// Classifies one image after the other; each row or cursor has its own, all share the session. Results are reused.
/// </summary>
internal sealed class ClassifiedImage(OnnxSession session, ClassificationSetup setup)
{
    private float[] _tensor = [];

    /// <summary>The probability of each class.</summary>
    public float[] Scores { get; } = new float[setup.ClassNames.Count];

    /// <summary>The most probable class k as the key k + 1, the first of equals; 0 where a score is no number.</summary>
    public uint Key { get; private set; }

    /// <summary>Runs the model on an image.</summary>
    public ClassifiedImage Score(MLImage image)
    {
        OnnxModelInfo model = setup.Model;
        ImageGeometry geometry = setup.Sizing.GeometryFor(image.Width, image.Height);
        int length = model.Channels * geometry.TensorHeight * geometry.TensorWidth;
        if (_tensor.Length < length) _tensor = new float[length];
        ImageTensor.Fill(image, geometry, model.Channels, _tensor.AsSpan(0, length));
        using OnnxResults results = session.Run(_tensor, 1, geometry.TensorHeight, geometry.TensorWidth, [setup.Scores.Name]);
        Read(results);
        return this;
    }

    private void Read(OnnxResults results)
    {
        long[] shape = results[0].GetTensorTypeAndShape().Shape;
        if (!shape.AsSpan().SequenceEqual([1, Scores.Length]))
        {
            throw new InvalidOperationException(
                $"The model's output '{setup.Scores.Name}' has the shape [{string.Join(',', shape)}], "
                + $"expected [1,{Scores.Length}] for the classes {ClassText.Join(setup.ClassNames)}.");
        }
        ReadOnlySpan<float> scores = results[0].GetTensorDataAsSpan<float>();
        bool isKnown = setup.Scores.Name == GraphNames.Probabilities;
        if (isKnown || ScoreReader.AreProbabilities(scores, Scores.Length)) scores.CopyTo(Scores);
        else ScoreReader.Softmax(scores, Scores.Length, Scores);
        int best = TensorPrimitives.IndexOfMax<float>(Scores);
        Key = float.IsNaN(Scores[best]) ? 0 : (uint)best + 1;
    }
}
