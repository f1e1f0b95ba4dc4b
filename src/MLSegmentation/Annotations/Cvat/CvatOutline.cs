namespace MLSegmentation;

/// <summary>
/// The outline of a polygon between two frames of CVAT's, whose numbers of points may differ. Each point goes to that of the
/// other outline which is as far along it. Where several points go to one or one to several, those that come to lie close are
/// joined.
/// </summary>
/// <remarks>Source: <c>interpolate_position</c> in <c>cvat/apps/dataset_manager/annotation.py</c> of CVAT.</remarks>
internal static class CvatOutline
{
    /// <summary>The points between two outlines, of which each has some.</summary>
    /// <param name="before">The points before.</param>
    /// <param name="behind">The points behind.</param>
    /// <param name="part">How much of the way is gone, from 0 to 1.</param>
    public static PolygonPoint[] Between(PolygonPoint[] before, PolygonPoint[] behind, double part)
    {
        PolygonPoint[] from = [.. before, before[0]], to = [.. behind, behind[0]];
        List<int>[] goals = Match(Along(from), Along(to));
        List<PolygonPoint> points = [], kept = [];
        int[] first = new int[from.Length];
        foreach (var (index, own) in goals.Index())
        {
            first[index] = points.Count;
            points.AddRange(own.Select(goal => Mix(from[index], to[goal], part)));
        }
        int start = -1;
        for (int i = 0; i <= from.Length; i++)
        {
            int? goal = i < from.Length && goals[i] is [var only] ? only : null;
            if (start >= 0 && goal != goals[start][0])
            {
                // All points of the stretch before this one go to one point.
                kept.AddRange(Thin(points, first[start], first[i - 1], Length(from, start, i - 1), i - start));
                start = -1;
            }
            if (goal is not null && start < 0) start = i;
            if (goal is not null || i == from.Length) continue;
            var (nearest, farthest) = (goals[i][0], goals[i][^1]);
            kept.AddRange(Thin(
                points, first[i], first[i] + goals[i].Count - 1, Length(to, nearest, farthest), farthest - nearest + 1));
        }
        return [.. kept.SkipLast(1)];
    }

    /// <summary>To which points each point goes: that as far along, and those that nothing else goes to.</summary>
    private static List<int>[] Match(double[] from, double[] to)
    {
        List<int>[] goals = [.. from.Select(place => new List<int> { Nearest(place, to) })];
        HashSet<int> matched = [.. goals.Select(one => one[0])];
        for (int i = 0; i < to.Length; i++)
        {
            if (!matched.Contains(i)) goals[Nearest(to[i], from)].Add(i);
        }
        foreach (List<int> own in goals) own.Sort();
        return goals;
    }

    /// <summary>How far along a line each point is, from 0 to 1.</summary>
    private static double[] Along(PolygonPoint[] line)
    {
        double[] along = new double[line.Length];
        for (int i = 1; i < line.Length; i++) along[i] = along[i - 1] + Distance(line[i - 1], line[i]);
        double whole = along[^1];
        return whole > 0 ? [.. along.Select(place => place / whole)] : along;
    }

    /// <summary>The first of the ascending places that are nearest to one.</summary>
    private static int Nearest(double place, double[] places)
    {
        int behind = FirstFrom(place, places);
        if (behind == 0) return 0;
        int before = FirstFrom(places[behind - 1], places);
        return behind < places.Length && places[behind] - place < place - places[before] ? behind : before;
    }

    private static int FirstFrom(double place, double[] places)
    {
        int low = 0, high = places.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (places[middle] < place) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>
    /// Some of the points: the first and the last, and those between that are not close to the one before. If these are two that
    /// are close, their middle.
    /// </summary>
    private static IEnumerable<PolygonPoint> Thin(List<PolygonPoint> points, int first, int last, double length, int count)
    {
        if (first == last) return [points[first]];
        double close = length / (2 * count);
        List<PolygonPoint> kept = [points[first]];
        for (int i = first + 1; i < last; i++)
        {
            if (Distance(kept[^1], points[i]) >= close) kept.Add(points[i]);
        }
        return kept.Count == 1 && Distance(points[first], points[last]) < close
            ? [Mix(points[first], points[last], 0.5)]
            : [.. kept, points[last]];
    }

    private static double Length(PolygonPoint[] line, int first, int last)
    {
        double length = 0;
        for (int i = first; i < last; i++) length += Distance(line[i], line[i + 1]);
        return length;
    }

    private static double Distance(PolygonPoint one, PolygonPoint other) => double.Hypot(other.X - one.X, other.Y - one.Y);

    private static PolygonPoint Mix(PolygonPoint from, PolygonPoint to, double part) =>
        new(from.X + ((to.X - from.X) * part), from.Y + ((to.Y - from.Y) * part));
}
