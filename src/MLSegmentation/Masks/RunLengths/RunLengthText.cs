using System.Text;

namespace MLSegmentation;

/// <summary>
/// COCO's compressed run lengths: text of the characters <c>0</c> to <c>o</c>, six bits each. A number is written in groups of
/// five bits from the lowest up, with a sixth bit where more follow, and the highest bit of the last group is the sign (a variant
/// of LEB128). From the fourth on, the difference to the count before the last is written. The counts 2, 1, 1, 2 give
/// <c>2111</c>: the fourth is 2 - 1 = 1.
/// </summary>
/// <remarks>Source: COCO API, <c>rleToString</c> and <c>rleFrString</c> in <c>maskApi.c</c>.</remarks>
internal static class RunLengthText
{
    private const int First = '0', GroupBits = 5, Group = 0x1f, More = 0x20, Sign = 0x10, MaxShift = 35;

    /// <summary>The text of run lengths.</summary>
    /// <param name="counts">Counts of pixels, each at least 0.</param>
    /// <exception cref="ArgumentException">A count is negative.</exception>
    public static string Compress(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var text = new StringBuilder();
        for (int i = 0; i < counts.Count; i++)
        {
            if (counts[i] < 0)
                throw new ArgumentException($"The run length at place {i} is {counts[i]}, expected at least 0.", nameof(counts));
            int value = i > 2 ? counts[i] - counts[i - 2] : counts[i];
            bool hasMore;
            do
            {
                int group = value & Group;
                value >>= GroupBits;
                hasMore = (group & Sign) == 0 ? value != 0 : value != -1;
                text.Append((char)(First + (hasMore ? group | More : group)));
            }
            while (hasMore);
        }
        return text.ToString();
    }

    /// <summary>The run lengths of a text.</summary>
    /// <param name="text">What <see cref="Compress"/> or the COCO API made.</param>
    /// <exception cref="FormatException">
    /// A character is outside <c>0</c> to <c>o</c>, the text ends within a number, or a number is no count.
    /// </exception>
    public static int[] Decompress(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> counts = [];
        for (int at = 0; at < text.Length;)
        {
            long value = 0;
            int shift = 0, group;
            do
            {
                if (at == text.Length)
                    throw new FormatException($"The run lengths '{text}' end within a number: the text is cut off.");
                group = text[at] - First;
                if (group is < 0 or >= 2 * More || shift > MaxShift)
                {
                    throw new FormatException(
                        $"The run lengths '{text}' have no number at place {at}, expected characters of '0' to 'o' as the COCO "
                        + "API writes.");
                }
                value |= (long)(group & Group) << shift;
                shift += GroupBits;
                at++;
            }
            while ((group & More) != 0);
            if ((group & Sign) != 0) value |= -1L << shift;
            if (counts.Count > 2) value += counts[^2];
            if (value is < 0 or > int.MaxValue)
            {
                throw new FormatException(
                    $"The run lengths '{text}' have the count {value} at place {counts.Count}, expected 0 to {int.MaxValue}.");
            }
            counts.Add((int)value);
        }
        return [.. counts];
    }
}
