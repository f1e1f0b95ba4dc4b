using MLSegmentation.Masks;

namespace MLSegmentation.Images;

/// <summary>A pixel as <see cref="DecodedImage"/> holds it: blue in the lowest byte, then green, red and straight alpha.</summary>
internal static class BgraPixel
{
    public static uint Of(Rgb colour) => Of(colour.R, colour.G, colour.B);

    public static uint Of(byte red, byte green, byte blue, byte alpha = byte.MaxValue) =>
        ((uint)alpha << 24) | ((uint)red << 16) | ((uint)green << 8) | blue;
}
