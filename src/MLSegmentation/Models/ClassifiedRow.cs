using System.Numerics.Tensors;

namespace MLSegmentation;

/// <summary>Gives the image of each row a class.</summary>
internal sealed class ClassifiedRow(OnnxSession session, ClassifyImageSetup setup, RowImageSource images) : ScoredRow
{
    private readonly ImageInput _input = new(session, setup.Input, setup.Options.SampleRange);

    /// <summary>The probability of each class; not a number where the image is bad.</summary>
    public float[] Scores { get; } = new float[setup.ClassNames.Count];

    /// <summary>The most probable class k as the key k + 1, the first of equals; 0 where a score is no number.</summary>
    public uint Key { get; private set; }

    protected override void Score()
    {
        using OnnxResults results = _input.Run(images.Read(), setup.Scores.Name);
        Read(results);
    }

    protected override void Reject()
    {
        Array.Fill(Scores, float.NaN);
        Key = 0;
    }

    private void Read(OnnxResults results)
    {
        long[] shape = results[0].GetTensorTypeAndShape().Shape;
        int images = setup.Model.InputFormat.Batch ?? 1;
        if (!shape.AsSpan().SequenceEqual([images, Scores.Length]))
        {
            throw new InvalidOperationException(
                $"The model's output '{PrintableText.Of(setup.Scores.Name)}' has the shape [{string.Join(',', shape)}], "
                + $"expected [{images},{Scores.Length}] for the classes {ClassText.Join(setup.ClassNames)}.");
        }
        AnswerReader.Read(results[0], Scores);
        bool isKnown = setup.Scores.Name == GraphNames.Probabilities;
        if (!isKnown && !ScoreSoftmax.AreProbabilities(Scores, Scores.Length))
            ScoreSoftmax.Apply(Scores, Scores.Length, Scores);
        int best = TensorPrimitives.IndexOfMax<float>(Scores);
        Key = float.IsNaN(Scores[best]) ? 0 : (uint)best + 1;
    }
}
