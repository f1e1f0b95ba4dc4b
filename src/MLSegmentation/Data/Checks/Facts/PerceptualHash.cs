using System.Numerics;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// 63 bits that say what a picture looks like: the signs of the lowest frequencies of its cosine transform. Compression, other
/// sizes and other brightness change few of them, another picture about half.
/// </summary>
/// <remarks>
/// The picture is brought to 32×32 gray values; of its DCT-II the frequencies 0 to 7 in both directions are taken but the
/// mean. Mirrored, a picture has the same transform with the odd frequencies of that direction negated; turned about its
/// diagonal, the transform is turned too. So the hashes of all eight turned and mirrored copies follow from one. After Zauner,
/// "Implementation and benchmarking of perceptual image hash functions", 2010, with signs in place of a median, which those
/// copies would move.
/// </remarks>
internal readonly record struct PerceptualHash(ulong Bits)
{
    /// <summary>
    /// The most bits of the 63 in which copies differ. Encoded anew at quality 50 or in half the size, every third picture of
    /// CamVid, Penn-Fudan and the magnetic tiles differs in 5 at most; the nearest two different tiles differ in 6, the nearest
    /// scenes of CamVid's parts in 8.
    /// </summary>
    public const int MostBitsOfCopies = 5;

    private const int Side = 32, Frequencies = 8;

    private const float LeastContrast = 4;

    // Frequency (u across, v down) is bit 8v + u.
    private const ulong OddAcross = 0xAAAA_AAAA_AAAA_AAAA, OddDown = 0xFF00_FF00_FF00_FF00;

    private static readonly float[] _cosines = [.. Enumerable.Range(0, Frequencies * Side).Select(
        i => (float)Math.Cos(Math.PI * ((2 * (i % Side)) + 1) * (i / Side) / (2 * Side)))];

    /// <summary>
    /// The hash of an image of any size; null for one whose gray values hardly vary, of which only noise would be left.
    /// </summary>
    public static PerceptualHash? Of(ReadOnlySpan<byte> pixels, MLPixelFormat format, int width, int height)
    {
        var geometry = ImageGeometry.For(width, height, ImageSizing.Stretch, Side, Side);
        var gray = new float[Side * Side];
        ImageTensor.Fill(pixels, format, geometry, PixelScaling.AsIs(channels: 1), gray);
        if (gray.Max() - gray.Min() < LeastContrast) return null;
        ulong bits = 0;
        for (int v = 0; v < Frequencies; v++)
        {
            for (int u = 0; u < Frequencies; u++)
                if (u + v > 0 && Coefficient(gray, u, v) > 0) bits |= 1UL << ((Frequencies * v) + u);
        }
        return new PerceptualHash(bits);
    }

    /// <summary>The number of bits in which two hashes differ, 0 to 63.</summary>
    public int Distance(PerceptualHash other) => BitOperations.PopCount(Bits ^ other.Bits);

    /// <summary>Whether two pictures look alike as they lie.</summary>
    public bool IsCopyOf(PerceptualHash other) => Distance(other) <= MostBitsOfCopies;

    /// <summary>
    /// The hashes of the picture as it is, mirrored, upside down and both, and of its transposed copy in the same four ways.
    /// </summary>
    public PerceptualHash[] Symmetries()
    {
        ulong turned = Transpose(Bits);
        ulong[] negated = [0, OddAcross, OddDown, OddAcross ^ OddDown];
        return [.. new[] { Bits, turned }.SelectMany(bits => negated.Select(mask => new PerceptualHash(bits ^ mask)))];
    }

    private static float Coefficient(float[] gray, int u, int v)
    {
        float sum = 0;
        for (int y = 0; y < Side; y++)
        {
            float row = 0;
            for (int x = 0; x < Side; x++) row += gray[(y * Side) + x] * _cosines[(u * Side) + x];
            sum += row * _cosines[(v * Side) + y];
        }
        return sum;
    }

    private static ulong Transpose(ulong bits)
    {
        ulong turned = 0;
        for (int i = 0; i < Frequencies * Frequencies; i++)
            turned |= ((bits >> i) & 1) << ((Frequencies * (i % Frequencies)) + (i / Frequencies));
        return turned;
    }
}
