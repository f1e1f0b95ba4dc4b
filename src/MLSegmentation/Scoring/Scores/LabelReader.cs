using System.Buffers;

namespace MLSegmentation;

/// <summary>
/// Reads a mask off the keys that a graph's own labels are (<see cref="LabelKeys"/>). Labels cannot be interpolated: each pixel
/// takes the nearest.
/// </summary>
internal static class LabelReader
{
    /// <summary>Reads the mask.</summary>
    /// <param name="keys">[height, width], of the tensor's size or another.</param>
    /// <param name="height">Their height.</param>
    /// <param name="width">Their width.</param>
    /// <param name="geometry">How the image was brought to the tensor.</param>
    /// <param name="mask">Receives the keys of the image's part; it has the image's size.</param>
    public static void Read(ReadOnlySpan<uint> keys, int height, int width, ImageGeometry geometry, Span<uint> mask)
    {
        bool isCopied = !geometry.IsResized && width == geometry.TensorWidth;
        int[] columns = isCopied ? [] : Places(geometry.PartWidth, geometry.ScaledWidth, geometry.TensorWidth, width);
        int[] rows = Places(geometry.PartHeight, geometry.ScaledHeight, geometry.TensorHeight, height);
        for (int y = 0; y < rows.Length; y++)
        {
            Span<uint> to = mask.Slice((geometry.PartTop + y) * geometry.ImageWidth + geometry.PartLeft, geometry.PartWidth);
            ReadOnlySpan<uint> from = keys.Slice(rows[y] * width, width);
            if (isCopied) from[..to.Length].CopyTo(to);
            for (int x = 0; x < columns.Length; x++) to[x] = from[columns[x]];
        }
    }

    /// <summary>Reads the mask off votes.</summary>
    /// <param name="votes">The votes for each class.</param>
    /// <param name="geometry">How the image was brought to the tensor.</param>
    /// <param name="mask">
    /// Receives the keys of the image's part, those of most votes; the first of equals wins. It has the image's size.
    /// </param>
    public static void ReadVotes(ClassScores votes, ImageGeometry geometry, Span<uint> mask)
    {
        int pixels = votes.Height * votes.Width;
        uint[] keys = ArrayPool<uint>.Shared.Rent(pixels);
        float[] highest = ArrayPool<float>.Shared.Rent(pixels);
        BestClass.Find(votes.Values, pixels, votes.Meaning, keys.AsSpan(0, pixels), highest.AsSpan(0, pixels));
        Read(keys.AsSpan(0, pixels), votes.Height, votes.Width, geometry, mask);
        ArrayPool<float>.Shared.Return(highest);
        ArrayPool<uint>.Shared.Return(keys);
    }

    /// <summary>A vote of 1 for the class of each pixel, none where it has no class.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="votes">Receives [classes, keys].</param>
    public static void Vote(ReadOnlySpan<uint> keys, Span<float> votes)
    {
        votes.Clear();
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] > 0) votes[((int)keys[i] - 1) * keys.Length + i] = 1;
        }
    }

    /// <summary>For each place along an axis of the part, which label along the same axis is nearest.</summary>
    private static int[] Places(int part, int scaled, int tensor, int labels)
    {
        var places = new int[part];
        for (int i = 0; i < part; i++)
            places[i] = ImageResizer.Nearest(ImageResizer.Nearest(i, scaled, part), labels, tensor);
        return places;
    }
}
