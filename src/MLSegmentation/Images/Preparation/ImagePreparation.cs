namespace MLSegmentation;

/// <summary>
/// What is done to the pixels of an image before a network sees them: each value v of 0 to 255 becomes
/// (v · <see cref="Scale"/> − <see cref="Mean"/>) / <see cref="Deviation"/>. A network that gets other numbers than it was
/// trained with answers masks that look right and are wrong, so that it is never guessed. Two of equal numbers are equal.
/// </summary>
/// <remarks>
/// With <see cref="ImageNetRgb"/>, a red of 128 becomes (128 / 255 − 0.485) / 0.229 = 0.074.
/// </remarks>
public sealed record ImagePreparation
{
    private const double OfByte = 1.0 / 255;

    private double _scale = OfByte;
    private IReadOnlyList<double> _mean = [0];
    private IReadOnlyList<double> _deviation = [1];
    private ColourOrder _colourOrder;

    /// <summary>The values as they are, 0 to 255, in red, green and blue: the network prepares them itself.</summary>
    public static ImagePreparation AsIs { get; } = new() { Scale = 1 };

    /// <summary>0 to 1: divided by 255. Torchvision's <c>ToTensor</c>, Keras' <c>Rescaling(1/255)</c>, Ultralytics.</summary>
    public static ImagePreparation ZeroToOne { get; } = new();

    /// <summary>−1 to 1: Keras' <c>preprocess_input</c> of the mode <c>tf</c>, mean and deviation of 0.5 elsewhere.</summary>
    public static ImagePreparation MinusOneToOne { get; } = new() { Mean = [0.5], Deviation = [0.5] };

    /// <summary>
    /// ImageNet's mean and deviation in red, green and blue: torchvision, segmentation_models.pytorch, Hugging Face, Keras' mode
    /// <c>torch</c>.
    /// </summary>
    public static ImagePreparation ImageNetRgb { get; } = new()
    {
        Mean = [0.485, 0.456, 0.406],
        Deviation = [0.229, 0.224, 0.225],
    };

    /// <summary>
    /// The numbers of <see cref="ImageNetRgb"/> in that order, on blue, green and red: PaddlePaddle, which reads with OpenCV.
    /// </summary>
    public static ImagePreparation ImageNetBgr { get; } = ImageNetRgb with { ColourOrder = ColourOrder.Bgr };

    /// <summary>
    /// Blue, green and red of 0 to 255 less ImageNet's mean colour: Caffe, Keras' <c>preprocess_input</c> of VGG and ResNet
    /// (mode <c>caffe</c>).
    /// </summary>
    public static ImagePreparation CaffeBgr { get; } = new()
    {
        Scale = 1,
        Mean = [103.939, 116.779, 123.68],
        ColourOrder = ColourOrder.Bgr,
    };

    /// <summary>What values of 0 to 255 are multiplied with first, not 0. Default 1/255.</summary>
    /// <exception cref="ArgumentException">It is 0 or no finite number.</exception>
    public double Scale
    {
        get => _scale;
        init => _scale = double.IsFinite(value) && value != 0 ? value : throw new ArgumentException(
            $"The preparation's Scale is {value}, expected a finite number other than 0.", nameof(Scale));
    }

    /// <summary>
    /// What is subtracted then, in the units of the scaled values: on 0 to 1 with the default <see cref="Scale"/>. One number for
    /// all channels, or one for each in <see cref="ColourOrder"/>. Default 0.
    /// </summary>
    /// <exception cref="ArgumentException">There are other than 1, 3 or 4 numbers, or one is not finite.</exception>
    public IReadOnlyList<double> Mean
    {
        get => _mean;
        init => _mean = Checked(value, nameof(Mean), double.IsFinite, "finite");
    }

    /// <summary>
    /// What is divided by then, in the same units, above 0. One number for all channels, or one for each in
    /// <see cref="ColourOrder"/>. Default 1.
    /// </summary>
    /// <exception cref="ArgumentException">There are other than 1, 3 or 4 numbers, or one is not above 0 and finite.</exception>
    public IReadOnlyList<double> Deviation
    {
        get => _deviation;
        init => _deviation = Checked(value, nameof(Deviation), number => double.IsFinite(number) && number > 0, "above 0");
    }

    /// <summary>The order of the channels, to which mean and deviation belong. Default red, green, blue.</summary>
    /// <exception cref="ArgumentException">It is unknown.</exception>
    public ColourOrder ColourOrder
    {
        get => _colourOrder;
        init => _colourOrder = Enum.IsDefined(value) ? value : throw new ArgumentException(
            $"The preparation's ColourOrder is {value}, expected Rgb or Bgr.", nameof(ColourOrder));
    }

    /// <summary>
    /// Reads a preset's name or numbers: <c>imagenet-rgb</c>, <c>scale=1/255,mean=0.5,0.5,0.5,deviation=0.25,order=bgr</c>. The
    /// presets are as-is, zero-to-one, minus-one-to-one, imagenet-rgb, imagenet-bgr and caffe-bgr. What numbers leave out has its
    /// default.
    /// </summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static ImagePreparation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PreparationText.Parse(text);
    }

    /// <summary>What <see cref="Parse"/> reads: the preset's name where there is one.</summary>
    public override string ToString() => PreparationText.Of(this);

    /// <summary>Whether another has the same numbers.</summary>
    public bool Equals(ImagePreparation? other) =>
        other is not null && Scale == other.Scale && ColourOrder == other.ColourOrder && Mean.SequenceEqual(other.Mean)
        && Deviation.SequenceEqual(other.Deviation);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Scale, ColourOrder, Mean.Count, Mean[0], Deviation.Count, Deviation[0]);

    /// <summary>The same with one number for three that are alike, as the presets have it.</summary>
    internal ImagePreparation Shortened()
    {
        static IReadOnlyList<double> Shorten(IReadOnlyList<double> numbers) =>
            numbers.Count == 3 && numbers.Distinct().Count() == 1 ? [numbers[0]] : numbers;
        return this with { Mean = Shorten(Mean), Deviation = Shorten(Deviation) };
    }

    /// <summary>
    /// Whether another makes the same numbers of pixels, up to what single precision tells; the order of colours aside.
    /// v/127.5 − 1 is (v/255 − 0.5)/0.5.
    /// </summary>
    internal bool MakesNumbersOf(ImagePreparation other)
    {
        const double Precision = 1e-6, White = 255;
        int channels = new[] { Mean, Deviation, other.Mean, other.Deviation }.Max(numbers => Math.Max(numbers.Count, 3));
        for (int channel = 0; channel < channels; channel++)
        {
            (double factor, double offset) = FactorAndOffset(channel);
            (double otherFactor, double otherOffset) = other.FactorAndOffset(channel);
            double most = Math.Abs(White * factor) + Math.Abs(offset);
            if (!(Math.Abs(White * (factor - otherFactor)) <= Precision * most)
                || !(Math.Abs(offset - otherOffset) <= Precision * most))
            {
                return false;
            }
        }
        return true;
    }

    private (double Factor, double Offset) FactorAndOffset(int channel)
    {
        double NumberOf(IReadOnlyList<double> numbers, double left) =>
            numbers.Count == 1 ? numbers[0] : channel < numbers.Count ? numbers[channel] : left;
        double deviation = NumberOf(Deviation, left: 1);
        return (Scale / deviation, -NumberOf(Mean, left: 0) / deviation);
    }

    private static IReadOnlyList<double> Checked(
        IReadOnlyList<double> numbers, string name, Func<double, bool> isSound, string expected)
    {
        ArgumentNullException.ThrowIfNull(numbers, name);
        return numbers.Count is 1 or 3 or 4 && numbers.All(isSound) ? [.. numbers] : throw new ArgumentException(
            $"The preparation's {name} is [{string.Join(", ", numbers)}], expected one number, or one for each of 3 or 4 "
            + $"channels, {expected}.", name);
    }
}
