namespace MLSegmentation;

/// <summary>
/// What each image alone gives: the mean of the images' own mean IoU, and how much the mean IoU of the whole set would change
/// with other images of the same kind.
/// </summary>
/// <remarks>
/// Of an image's confusion matrix only three numbers a class go into IoU, and only classes that are in the image have any: so 32
/// bytes a class in the image are kept, not classes² numbers. Not safe for use by several threads at once.
/// </remarks>
internal sealed class PerImageIoU
{
    /// <summary>The usual number of resamples.</summary>
    public const int DefaultResamples = 1000;

    private const double Confidence = 0.95;

    private readonly List<ClassCount[]> _images = [];
    private int _classes;

    /// <summary>The number of images with a labelled pixel.</summary>
    public int Images => _images.Count;

    /// <summary>
    /// The mean over images of the mean IoU of each, 0 to 1, where an image's mean is over the classes in its label or
    /// prediction. A small object weighs here as much as a large one. Null where there is no image. An image with IoUs of 1 and
    /// 0.5 and one with 0.25 give (0.75 + 0.25) / 2 = 0.5.
    /// </summary>
    public double? Mean => Images == 0 ? null : _images.Average(image => image.Average(one => one.IoU));

    /// <summary>Adds an image; one without a labelled pixel is passed over.</summary>
    /// <param name="image">Its confusion matrix, with the same classes as the others'; what is needed of it is copied.</param>
    /// <exception cref="ArgumentException">It has another number of classes than the images before.</exception>
    public void Add(PixelConfusionMatrix image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (_classes != 0 && image.Classes != _classes)
        {
            throw new ArgumentException(
                $"Received a matrix of {image.Classes} classes, expected {_classes} as of the images before.", nameof(image));
        }
        _classes = image.Classes;
        ClassCount[] counts = [.. Enumerable.Range(0, image.Classes)
            .Select(index => new ClassCount(index, image[index, index], image.LabelPixels(index), image.PredictedPixels(index)))
            .Where(one => one.Union > 0)];
        if (counts.Length > 0) _images.Add(counts);
    }

    /// <summary>
    /// The 95 % interval of the whole set's mean IoU by the bootstrap: as many images are drawn as there are, with replacement;
    /// the mean IoU over all their pixels is computed; that again and again, and the interval goes from the 2.5th to the 97.5th
    /// percentile of what came out (between two values in proportion). The same seed gives the same interval.
    /// </summary>
    /// <remarks>
    /// It says what other images of the same kind would change, not what another training would. Images of one scene are not
    /// independent, and then it is too narrow. Source: Efron and Tibshirani, "An introduction to the bootstrap", 1993, section
    /// 13.3.
    /// </remarks>
    /// <param name="resamples">How often to draw, at least 1. Default 1000.</param>
    /// <param name="seed">What the draws follow from. Default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one resample.</exception>
    /// <exception cref="InvalidOperationException">There is no image with a labelled pixel.</exception>
    public ConfidenceInterval Bootstrap(int resamples = DefaultResamples, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (Images == 0)
            throw new InvalidOperationException("There is no image with a labelled pixel to draw from. Add images first.");
        var random = new Random(seed);
        var means = new double[resamples];
        for (int i = 0; i < means.Length; i++) means[i] = Resample(random);
        Array.Sort(means);
        return new ConfidenceInterval(Percentile(means, (1 - Confidence) / 2), Percentile(means, (1 + Confidence) / 2));
    }

    private double Resample(Random random)
    {
        var sums = new ClassCount[_classes];
        for (int draw = 0; draw < _images.Count; draw++)
            foreach (ClassCount one in _images[random.Next(_images.Count)]) sums[one.Class] = sums[one.Class].Plus(one);
        return sums.Where(one => one.Union > 0).Average(one => one.IoU);
    }

    private static double Percentile(double[] sorted, double part)
    {
        double position = part * (sorted.Length - 1);
        int below = (int)position, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    private readonly record struct ClassCount(int Class, long Right, long Labelled, long Predicted)
    {
        public long Union => Labelled + Predicted - Right;

        public double IoU => (double)Right / Union;

        public ClassCount Plus(ClassCount other) =>
            new(other.Class, Right + other.Right, Labelled + other.Labelled, Predicted + other.Predicted);
    }
}
