namespace MLSegmentation;

/// <summary>An object of a video of CVAT's: its shape at some frames.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Shapes">The shape of each frame that the file has, by ascending frame.</param>
/// <remarks>
/// A file that CVAT wrote has every frame. Where one is missing, as in files of key frames alone, the shape is on the way from
/// the one before it to that behind it, also where the object is outside of the picture there, as CVAT has it.
/// </remarks>
internal sealed record CvatTrack(string Label, SortedList<int, CvatShape> Shapes)
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
        int first = Shapes.Keys[next - 1];
        double part = (double)(frame - first) / (Shapes.Keys[next] - first);
        return before with { Geometry = before.Geometry.Towards(Shapes.Values[next].Geometry, part) };
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
}
