using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace MLSegmentation;

/// <summary>
/// A preparation for a network of some channels, as what is computed for each pixel: v · factor + offset for each channel of the
/// network, in its order.
/// </summary>
/// <param name="Channels">1 (luma), 3 (colour) or 4 (colour and alpha).</param>
/// <param name="IsBgr">Whether blue comes first.</param>
/// <param name="Factors">A factor for each channel; what follows is unused.</param>
/// <param name="Offsets">An offset for each channel; what follows is unused.</param>
internal readonly record struct PixelScaling(int Channels, bool IsBgr, Vector128<float> Factors, Vector128<float> Offsets)
{
    private const int Gray = 1, Alpha = 4;

    /// <summary>Values as they are, 0 to 255.</summary>
    public static PixelScaling AsIs(int channels) => Of(ImagePreparation.AsIs, channels);

    /// <summary>A preparation for a network.</summary>
    /// <param name="preparation">
    /// The preparation. Alpha, which three numbers leave out, is scaled alone: nothing is subtracted, and nothing divided by.
    /// </param>
    /// <param name="channels">The channels of the network.</param>
    /// <exception cref="ArgumentException">
    /// It has numbers for other channels than the network has, or numbers that no float holds.
    /// </exception>
    public static PixelScaling Of(ImagePreparation preparation, int channels)
    {
        if (channels is not (Gray or 3 or Alpha))
        {
            throw new ArgumentException(
                $"The network takes {channels} channels, expected 1 (luma), 3 (colour) or 4 (colour and alpha).",
                nameof(channels));
        }
        Vector128<float> factors = default, offsets = default;
        for (int channel = 0; channel < channels; channel++)
        {
            double mean = NumberOf(preparation.Mean, nameof(preparation.Mean), channel, channels, left: 0),
                deviation = NumberOf(preparation.Deviation, nameof(preparation.Deviation), channel, channels, left: 1);
            float factor = (float)(preparation.Scale / deviation), offset = (float)(-mean / deviation);
            RequireNumbers(preparation, factor, offset);
            factors = factors.WithElement(channel, factor);
            offsets = offsets.WithElement(channel, offset);
        }
        return new PixelScaling(channels, preparation.ColourOrder == ColourOrder.Bgr, factors, offsets);
    }

    /// <summary>
    /// How far the byte of a channel lies from the lowest bit of a pixel; of the network's channels, not of the image's.
    /// </summary>
    /// <param name="channel">The network's channel.</param>
    /// <param name="redShift">How far red lies from the pixel's lowest bit: 0 (RGBA) or 16 (BGRA).</param>
    public int ShiftOf(int channel, int redShift) => channel switch
    {
        0 => IsBgr ? 16 - redShift : redShift,
        1 => 8,
        2 => IsBgr ? redShift : 16 - redShift,
        _ => 24,
    };

    /// <summary>Brings prepared planes back to 0 to 255, in the network's order.</summary>
    /// <param name="planes">[channels,H,W].</param>
    public void Undo(Span<float> planes)
    {
        if (this with { IsBgr = false } == AsIs(Channels)) return;
        int plane = planes.Length / Channels;
        for (int channel = 0; channel < Channels; channel++)
        {
            Span<float> values = planes.Slice(channel * plane, plane);
            TensorPrimitives.Subtract(values, Offsets[channel], values);
            TensorPrimitives.Divide(values, Factors[channel], values);
        }
    }

    // A float that overflows would make every pixel the same, and so would a factor of 0.
    private static void RequireNumbers(ImagePreparation preparation, float factor, float offset)
    {
        if (factor != 0 && float.IsFinite((byte.MaxValue * factor) + offset)) return;
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture,
                $"The preparation {preparation} makes v · {factor} + {offset} of a value v of 0 to 255, expected a factor other "
                + $"than 0, and finite numbers of single precision. Give the numbers of the training code."), "options");
    }

    private static double NumberOf(IReadOnlyList<double> numbers, string name, int channel, int channels, double left)
    {
        bool isOfColour = numbers.Count == 3 && channels == Alpha;
        if (numbers.Count != 1 && numbers.Count != channels && !isOfColour)
        {
            throw new ArgumentException(
                $"The preparation's {name} is [{string.Join(", ", numbers)}], but the model takes {channels} "
                + $"{(channels == 1 ? "channel" : "channels")}. Give one number, or one for each channel.", "options");
        }
        if (isOfColour && channel == 3) return left;
        return numbers.Count == 1 ? numbers[0] : numbers[channel];
    }
}
