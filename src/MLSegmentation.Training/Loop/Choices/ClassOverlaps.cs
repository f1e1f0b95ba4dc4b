namespace MLSegmentation.Training;

/// <summary>
/// What IoU is made of, for each class of an image or of many: pixels that are right, that are labelled as the class, and that
/// are predicted as it.
/// </summary>
internal sealed class ClassOverlaps(int classes)
{
    private const int Right = 0, Labelled = 1, Predicted = 2, Kinds = 3;
    private readonly long[] _pixels = new long[Kinds * classes];

    /// <summary>The number of classes.</summary>
    public int Classes => classes;

    /// <summary>The mean IoU over the classes that are labelled or predicted; 0 where none is.</summary>
    public double MeanIoU
    {
        get
        {
            (double sum, int count) = (0, 0);
            for (int i = 0; i < _pixels.Length; i += Kinds)
            {
                long union = _pixels[i + Labelled] + _pixels[i + Predicted] - _pixels[i + Right];
                if (union > 0) (sum, count) = (sum + (double)_pixels[i + Right] / union, count + 1);
            }
            return count == 0 ? 0 : sum / count;
        }
    }

    /// <summary>Counts pixels of one label and one prediction.</summary>
    public void Add(int label, int prediction, long pixels)
    {
        _pixels[Kinds * label + Labelled] += pixels;
        _pixels[Kinds * prediction + Predicted] += pixels;
        if (label == prediction) _pixels[Kinds * label + Right] += pixels;
    }

    /// <summary>Counts another's pixels so many times.</summary>
    public void Add(ClassOverlaps other, int times)
    {
        for (int i = 0; i < _pixels.Length; i++) _pixels[i] += times * other._pixels[i];
    }

    /// <summary>Predicts pixels as another class than before.</summary>
    /// <param name="from">The class before.</param>
    /// <param name="to">The class from now on.</param>
    /// <param name="pixels">Labelled pixels.</param>
    /// <param name="rightBefore">Those of them that are of the class before.</param>
    /// <param name="rightNow">Those of them that are of the class from now on.</param>
    public void Move(int from, int to, long pixels, long rightBefore, long rightNow)
    {
        _pixels[Kinds * from + Predicted] -= pixels;
        _pixels[Kinds * from + Right] -= rightBefore;
        _pixels[Kinds * to + Predicted] += pixels;
        _pixels[Kinds * to + Right] += rightNow;
    }
}
