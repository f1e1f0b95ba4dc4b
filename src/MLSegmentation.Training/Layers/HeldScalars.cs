using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// Arithmetic of tensors with numbers, for all that a training does in every step. TorchSharp passes on the native memory of a
/// <see cref="Scalar"/> without keeping it alive during the call (<c>THSTensor_sub_scalar(Handle, target.Handle)</c>): a number
/// that is converted implicitly, and the hidden factor 1 of every sum, may be collected while it is read, when another thread,
/// such as the one that makes the batches, causes a collection. Here each is held until its call is over.
/// </summary>
internal static class HeldScalars
{
    /// <summary>x · factor.</summary>
    public static Tensor Times(this Tensor x, double factor)
    {
        using Scalar scalar = factor;
        return x.mul(scalar);
    }

    /// <summary>x · factor, in place.</summary>
    public static Tensor TimesInPlace(this Tensor x, double factor)
    {
        using Scalar scalar = factor;
        return x.mul_(scalar);
    }

    /// <summary>x / divisor.</summary>
    public static Tensor Over(this Tensor x, double divisor)
    {
        using Scalar scalar = divisor;
        return x.div(scalar);
    }

    /// <summary>x / divisor, in place.</summary>
    public static Tensor OverInPlace(this Tensor x, double divisor)
    {
        using Scalar scalar = divisor;
        return x.div_(scalar);
    }

    /// <summary>x + summand.</summary>
    public static Tensor Plus(this Tensor x, double summand)
    {
        using Scalar scalar = summand, one = 1;
        return x.add(scalar, one);
    }

    /// <summary>x + summand, in place.</summary>
    public static Tensor PlusInPlace(this Tensor x, double summand)
    {
        using Scalar scalar = summand, one = 1;
        return x.add_(scalar, one);
    }

    /// <summary>x + factor · other.</summary>
    public static Tensor Plus(this Tensor x, Tensor other, double factor = 1)
    {
        using Scalar scalar = factor;
        return x.add(other, scalar);
    }

    /// <summary>x + factor · other, in place.</summary>
    public static Tensor PlusInPlace(this Tensor x, Tensor other, double factor = 1)
    {
        using Scalar scalar = factor;
        return x.add_(other, scalar);
    }

    /// <summary>The larger of x and a number.</summary>
    public static Tensor AtLeast(this Tensor x, double least)
    {
        using Scalar scalar = least;
        return x.clamp_min(scalar);
    }

    /// <summary>Every value a number, in place.</summary>
    public static Tensor FillInPlace(this Tensor x, double value)
    {
        using Scalar scalar = value;
        return x.fill_(scalar);
    }

    /// <summary>x moved towards the target by a part of the way, in place.</summary>
    public static Tensor MoveTowards(this Tensor x, Tensor target, double part)
    {
        using Tensor weight = part;
        return x.lerp_(target, weight);
    }
}
