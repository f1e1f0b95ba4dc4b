using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>How a weight begins, by Keras's names and formulas (keras/src/initializers/random_initializers.py).</summary>
public sealed class Initializer
{
    /// <summary>The standard deviation of a standard normal cut at ±2.</summary>
    private const double TruncatedNormalDeviation = 0.87962566103423978;

    /// <summary>The part of a normal distribution that lies within two deviations: erf(√2).</summary>
    private const double WithinTwoDeviations = 0.95449973610364158;

    private readonly Action<Tensor, Generator> _fill;

    private Initializer(string name, Action<Tensor, Generator> fill) => (Name, _fill) = (name, fill);

    /// <summary>All zeros.</summary>
    public static Initializer Zeros { get; } = new("zeros", (tensor, _) => tensor.zero_());

    /// <summary>All ones.</summary>
    public static Initializer Ones { get; } = new("ones", (tensor, _) => tensor.FillInPlace(1));

    /// <summary>
    /// Bilinear interpolation as the kernel of a transposed convolution, each channel to itself (Long, Shelhamer and Darrell
    /// 2015, section 3.3; Caffe's filler <c>bilinear</c>). A kernel of 2s with stride s makes s rows of one; of 4 it is 0.25,
    /// 0.75, 0.75, 0.25 along each side.
    /// </summary>
    public static Initializer Bilinear { get; } = new("bilinear", (tensor, _) => FillBilinear(tensor));

    /// <summary>Keras's name of it; Caffe's of <see cref="Bilinear"/>.</summary>
    public string Name { get; }

    /// <summary>Uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010, section 4.2.1). 9 and 288: ±0.142.</summary>
    public static Initializer GlorotUniform(long fanIn, long fanOut)
    {
        double limit = Math.Sqrt(6.0 / (fanIn + fanOut));
        return new("glorot_uniform", (tensor, random) => tensor.uniform_(-limit, limit, random));
    }

    /// <summary>
    /// Normal of deviation √(2 / fan in), cut at two deviations (He et al. 2015, section 2.2). Fan in 27: 0.272.
    /// </summary>
    public static Initializer HeNormal(long fanIn)
    {
        double deviation = Math.Sqrt(2.0 / fanIn) / TruncatedNormalDeviation;
        return new("he_normal", (tensor, random) =>
        {
            // Inverse transform: the quantiles of uniform probabilities.
            tensor.uniform_(-WithinTwoDeviations, WithinTwoDeviations, random);
            tensor.erfinv_().TimesInPlace(Math.Sqrt(2) * deviation);
        });
    }

    private static void FillBilinear(Tensor kernel)
    {
        using var scope = NewDisposeScope();
        static Tensor Side(long size)
        {
            double stride = Math.Ceiling(size / 2.0), centre = (size - 1) / 2.0;
            return tensor([.. Enumerable.Range(0, (int)size).Select(i => (float)(1 - Math.Abs(i - centre) / stride))]);
        }
        Tensor filter = Side(kernel.shape[2]).outer(Side(kernel.shape[3]));
        kernel.zero_();
        long channels = Math.Min(kernel.shape[0], kernel.shape[1]);
        for (long channel = 0; channel < channels; channel++) kernel[channel, channel].copy_(filter);
    }

    /// <summary>Fills a tensor in place, without recording gradients.</summary>
    public void Fill(Tensor tensor, Generator random)
    {
        using var _ = no_grad();
        _fill(tensor, random);
    }
}
