using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLSegmentation.Training;

/// <summary>
/// Contrast around the sample's mean, brightness, saturation and hue as one affine change of red, green and blue, clamped and
/// rounded once.
/// </summary>
internal readonly struct ColourChange
{
    // Rounding is to add a half and cut off what is behind the point.
    private const float Half = 0.5f, Largest = 255.5f;
    private readonly float _factor, _offset;
    private readonly Vector128<float> _ofRed, _ofGreen, _ofBlue, _offsets;

    private ColourChange(double contrast, double offset, ReadOnlySpan<double> colours)
    {
        (_factor, _offset) = ((float)contrast, (float)offset + Half);
        _ofRed = Column(contrast, colours, 0);
        _ofGreen = Column(contrast, colours, 1);
        _ofBlue = Column(contrast, colours, 2);
        // Saturation and hue leave gray as it is, and the offset is the same in every channel: a gray.
        _offsets = Vector128.Create(_offset);
    }

    /// <summary>A random change.</summary>
    public static ColourChange Draw(TrainingSample sample, AugmentationOptions options, Random random)
    {
        double contrast = random.Between(1 / (1 + options.Contrast), 1 + options.Contrast, logarithmic: true);
        double brightness = random.Between(-options.Brightness, options.Brightness, logarithmic: false) * byte.MaxValue;
        double saturation = random.Between(1 / (1 + options.Saturation), 1 + options.Saturation, logarithmic: true);
        double hue = random.Between(-options.Hue, options.Hue, logarithmic: false);
        double mean = options.Contrast > 0 ? sample.Mean : 0;
        bool hasColours = options.Saturation > 0 || options.Hue > 0;
        return new ColourChange(
            contrast, mean + brightness - mean * contrast,
            hasColours ? ColourMatrix.Create(saturation, hue) : [1, 0, 0, 0, 1, 0, 0, 0, 1]);
    }

    /// <summary>Red, green and blue, 0 to 255, of others; the fourth value means nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<int> Of(Vector128<float> pixel)
    {
        Vector128<float> sum = Vector128.MultiplyAddEstimate(
            Vector128.Shuffle(pixel, Vector128<int>.Zero), _ofRed, _offsets);
        sum = Vector128.MultiplyAddEstimate(Vector128.Shuffle(pixel, Vector128.Create(1)), _ofGreen, sum);
        sum = Vector128.MultiplyAddEstimate(Vector128.Shuffle(pixel, Vector128.Create(2)), _ofBlue, sum);
        return Vector128.ConvertToInt32Native(
            Vector128.MinNative(Vector128.MaxNative(sum, Vector128.Create(Half)), Vector128.Create(Largest)));
    }

    /// <summary>A value, 0 to 255, of one without colour.</summary>
    public byte Of(float value) => (byte)Math.Clamp(value * _factor + _offset, Half, Largest);

    private static Vector128<float> Column(double contrast, ReadOnlySpan<double> matrix, int column) => Vector128.Create(
        (float)(contrast * matrix[column]), (float)(contrast * matrix[3 + column]), (float)(contrast * matrix[6 + column]), 0);
}
