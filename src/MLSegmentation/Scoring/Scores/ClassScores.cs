namespace MLSegmentation;

/// <summary>A network's scores of one image: a number for each class and pixel.</summary>
/// <param name="values">[C,H,W].</param>
/// <param name="classes">C.</param>
/// <param name="height">H: the tensor's height, or less where the graph's answer is coarser than its input.</param>
/// <param name="width">W: the tensor's width, or less where the graph's answer is coarser than its input.</param>
/// <param name="areLogits">Whether probabilities are made of them by a softmax; else they are probabilities.</param>
internal readonly ref struct ClassScores(ReadOnlySpan<float> values, int classes, int height, int width, bool areLogits)
{
    public ReadOnlySpan<float> Values { get; } = values;

    public int Classes => classes;

    public int Height => height;

    public int Width => width;

    public bool AreLogits => areLogits;

    /// <summary>The scores of one class, [H,W].</summary>
    public ReadOnlySpan<float> Plane(int index) => Values.Slice(index * height * width, height * width);

    /// <summary>The first scores of one class in a row.</summary>
    /// <param name="index">The class.</param>
    /// <param name="y">The row.</param>
    /// <param name="count">How many.</param>
    public ReadOnlySpan<float> Row(int index, int y, int count) => Values.Slice((index * height + y) * width, count);

    /// <summary>The same as probabilities.</summary>
    /// <param name="buffer">Holds them where they are computed; made anew where it is too small.</param>
    public ClassScores ToProbabilities(ref float[] buffer)
    {
        if (!areLogits) return this;
        if (buffer.Length < Values.Length) buffer = new float[Values.Length];
        ScoreSoftmax.Apply(Values, classes, buffer);
        return new ClassScores(buffer.AsSpan(0, Values.Length), classes, height, width, areLogits: false);
    }
}
