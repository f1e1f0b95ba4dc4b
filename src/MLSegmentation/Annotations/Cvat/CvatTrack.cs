using System.Globalization;

namespace MLSegmentation;

/// <summary>An object of a video of CVAT's: its shape at some frames.</summary>
/// <param name="Shapes">The shape of each frame that the file has, by ascending frame.</param>
/// <remarks>
/// A file that CVAT wrote has every frame. Where one is missing, as in files of key frames alone, numbers are in proportion
/// between those before and behind it, if both are of one kind and have as many points; else the shape before it stays.
/// </remarks>
internal sealed record CvatTrack(SortedList<int, CvatShape> Shapes)
{
    /// <summary>The shape at a frame; null where the object is outside of the picture.</summary>
    public CvatShape? At(int frame)
    {
        if (Shapes.TryGetValue(frame, out CvatShape? exact)) return exact.IsOutside ? null : exact;
        int next = FirstBehind(frame);
        if (next == 0) return null;
        CvatShape before = Shapes.Values[next - 1];
        if (before.IsOutside) return null;
        if (next == Shapes.Count) return before;
        CvatShape behind = Shapes.Values[next];
        int first = Shapes.Keys[next - 1];
        return behind.IsOutside || behind.Kind != before.Kind
            ? before
            : Between(before, behind, (double)(frame - first) / (Shapes.Keys[next] - first));
    }

    private int FirstBehind(int frame)
    {
        int low = 0, high = Shapes.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Shapes.Keys[middle] < frame) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static CvatShape Between(CvatShape before, CvatShape behind, double part)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in before.Values)
            values.Add(name, behind.Values.TryGetValue(name, out string? other) ? Between(name, value, other, part) : value);
        return before with { Values = values };
    }

    private static string Between(string name, string before, string behind, double part)
    {
        if (name == "rle") return before;
        if (name == "rotation") return Turned(before, behind, part);
        string[] first = before.Split(';'), second = behind.Split(';');
        if (first.Length != second.Length) return before;
        return string.Join(
            ';', first.Zip(second, (one, other) => string.Join(',', one.Split(',').Zip(other.Split(','), Number))));

        string Number(string one, string other) =>
            double.TryParse(one, CultureInfo.InvariantCulture, out double from)
            && double.TryParse(other, CultureInfo.InvariantCulture, out double to)
                ? (from + (part * (to - from))).ToString("R", CultureInfo.InvariantCulture)
                : one;
    }

    /// <summary>The degrees between two, the shorter way around.</summary>
    private static string Turned(string before, string behind, double part)
    {
        const double Half = 180, Whole = 360;
        if (!double.TryParse(before, CultureInfo.InvariantCulture, out double from)
            || !double.TryParse(behind, CultureInfo.InvariantCulture, out double to))
            return before;
        double way = ((((to - from + Half) % Whole) + Whole) % Whole) - Half;
        return (from + (way * part)).ToString("R", CultureInfo.InvariantCulture);
    }
}
