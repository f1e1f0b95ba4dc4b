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
    public static Initializer Ones { get; } = new("ones", (tensor, _) => tensor.fill_(1));

    /// <summary>Keras's name of it.</summary>
    public string Name { get; }

    /// <summary>Uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010, section 4.2.1). 9 and 288: ±0.142.</summary>
    public static Initializer GlorotUniform(long fanIn, long fanOut)
    {
        double limit = Math.Sqrt(6.0 / (fanIn + fanOut));
        return new("glorot_uniform", (tensor, random) => tensor.uniform_(-limit, limit, random));
    }

    /// <summary>Normal of deviation √(2 / fan in), cut at two deviations (He et al. 2015, section 2.2). Fan in 27: 0.272.</summary>
    public static Initializer HeNormal(long fanIn)
    {
        double deviation = Math.Sqrt(2.0 / fanIn) / TruncatedNormalDeviation;
        return new("he_normal", (tensor, random) =>
        {
            // Inverse transform: the quantiles of uniform probabilities.
            tensor.uniform_(-WithinTwoDeviations, WithinTwoDeviations, random);
            tensor.erfinv_().mul_(Math.Sqrt(2) * deviation);
        });
    }

    /// <summary>Fills a tensor in place, without recording gradients.</summary>
    public void Fill(Tensor tensor, Generator random)
    {
        using var _ = no_grad();
        _fill(tensor, random);
    }
}
