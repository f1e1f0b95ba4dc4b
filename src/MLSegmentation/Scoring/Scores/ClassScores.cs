namespace MLSegmentation;

/// <summary>A network's scores of one image: a number for each class and pixel, or for the foreground alone.</summary>
/// <param name="values">[C,H,W].</param>
/// <param name="height">H: the tensor's height, or another where the graph's answer has a size of its own.</param>
/// <param name="width">W: the tensor's width, or another where the graph's answer has a size of its own.</param>
/// <param name="meaning">C, and what the scores are.</param>
internal readonly ref struct ClassScores(ReadOnlySpan<float> values, int height, int width, ScoreMeaning meaning)
{
    public ReadOnlySpan<float> Values { get; } = values;

    public ScoreMeaning Meaning => meaning;

    public int Planes => meaning.Planes;

    public int Height => height;

    public int Width => width;

    /// <summary>Whether there are more scores than the tensor has pixels, along an axis.</summary>
    public bool IsFinerThan(ImageGeometry geometry) => height > geometry.TensorHeight || width > geometry.TensorWidth;

    /// <summary>The scores of one class, [H,W].</summary>
    public ReadOnlySpan<float> Plane(int index) => Values.Slice(index * height * width, height * width);

    /// <summary>The same as probabilities.</summary>
    /// <param name="buffer">Holds them where they are computed; made anew where it is too small.</param>
    public ClassScores ToProbabilities(ref float[] buffer)
    {
        if (meaning.Activation == ScoreActivation.None) return this;
        if (buffer.Length < Values.Length) buffer = new float[Values.Length];
        Span<float> probabilities = buffer.AsSpan(0, Values.Length);
        meaning.Activate(Values, probabilities);
        return new ClassScores(probabilities, height, width, meaning.AsProbabilities);
    }
}
