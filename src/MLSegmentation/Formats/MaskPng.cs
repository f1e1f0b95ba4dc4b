using System.Buffers;
using MLSegmentation.Images;
using MLSegmentation.Masks;

namespace MLSegmentation.Formats;

/// <summary>
/// Masks as indexed PNG files, as PASCAL VOC has them: the values are class numbers, 255 is no class, and viewers show the classes' colours.
/// </summary>
public static class MaskPng
{
    /// <summary>The value of pixels without a class.</summary>
    public const byte NoClass = 255;

    // VOC's colour of what is void.
    private static readonly Rgb _noClassColour = new(224, 224, 192);

    /// <summary>Writes a mask.</summary>
    /// <param name="path">The file; what was there is replaced. Its folder must exist.</param>
    /// <param name="keys">Row by row: 0 is no class, k + 1 is class k.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="palette">A colour for each class, 255 at most.</param>
    /// <exception cref="ArgumentException">A size is out of range, or a key has no colour.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<uint> keys, int width, int height, IReadOnlyList<Rgb> palette)
    {
        ArgumentNullException.ThrowIfNull(palette);
        int wrong = keys.IndexOfAnyExceptInRange(0u, (uint)palette.Count);
        if (wrong >= 0)
            throw new ArgumentException($"The mask has the key {keys[wrong]}, but there are colours for {palette.Count} classes alone.", nameof(keys));
        byte[] indices = ArrayPool<byte>.Shared.Rent(keys.Length);
        try
        {
            ToIndices(keys, indices);
            bool hasNoClass = keys.Contains(0u);
            PngWriter.WriteIndexed(path, indices.AsSpan(0, keys.Length), width, height, hasNoClass ? WithNoClass(palette) : palette);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(indices);
        }
    }

    /// <summary>The values of keys.</summary>
    internal static void ToIndices(ReadOnlySpan<uint> keys, Span<byte> indices)
    {
        // Key 0 becomes 255: the byte below 0.
        for (int i = 0; i < keys.Length; i++) indices[i] = (byte)(keys[i] - 1);
    }

    /// <summary>A palette of 256 colours, of which the last is that of no class.</summary>
    /// <exception cref="ArgumentException">There are more than 255 classes.</exception>
    internal static IReadOnlyList<Rgb> WithNoClass(IReadOnlyList<Rgb> palette) => palette.Count <= NoClass
        ? [.. palette, .. Enumerable.Repeat(default(Rgb), NoClass - palette.Count), _noClassColour]
        : throw new ArgumentException($"There are {palette.Count} classes, but a PNG file with pixels of no class holds {NoClass} at most.", nameof(palette));
}
