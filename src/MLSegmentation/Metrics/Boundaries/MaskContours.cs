namespace MLSegmentation;

/// <summary>
/// The contours of all classes of a mask: pixels that have another key or the outside of the image among their eight neighbours.
/// </summary>
internal sealed class MaskContours
{
    private readonly int _height;
    private readonly int _width;

    // The column and the key of each contour pixel, row by row, and where each row begins among them.
    private readonly List<int> _columns = [];
    private readonly List<uint> _keys = [];
    private readonly int[] _rows;

    /// <summary>Finds the contours.</summary>
    /// <param name="keys">One key a pixel, row by row; key 0 has no contour.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public MaskContours(ReadOnlySpan<uint> keys, int width, int height)
    {
        (_width, _height, _rows) = (width, height, new int[height + 1]);
        bool[] isBoundary = BoundaryRegion.Mark(keys, width, 1);
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, i++)
            {
                if (!isBoundary[i] || keys[i] == 0) continue;
                _columns.Add(x);
                _keys.Add(keys[i]);
            }
            _rows[y + 1] = _columns.Count;
        }
    }

    /// <summary>The contour pixels of each key; at place 0, which is no class, there are none.</summary>
    public long[] Count(int classes)
    {
        var counts = new long[classes + 1];
        foreach (uint key in _keys) counts[key]++;
        return counts;
    }

    /// <summary>
    /// The contour pixels of each key that are nearer than <paramref name="tolerance"/> pixels to the other mask's contour of
    /// that key.
    /// </summary>
    /// <remarks>
    /// A disk around a pixel is a span of columns in each row near it. A row of contour pixels is compared with each such row of
    /// the other mask, from left to right and for all classes at once. So the time is that of the contour pixels times the rows
    /// in reach.
    /// </remarks>
    public long[] CountNear(MaskContours other, double tolerance, int classes)
    {
        var counts = new long[classes + 1];
        int[] spans = Spans(tolerance);
        var sweep = new RowSweep(other, classes);
        var pixels = new int[_width];
        for (int y = 0; y < _height; y++)
        {
            Span<int> open = pixels.AsSpan(0, _rows[y + 1] - _rows[y]);
            for (int i = 0; i < open.Length; i++) open[i] = _rows[y] + i;
            for (int away = 0; away < spans.Length && open.Length > 0; away++)
            {
                if (y >= away) open = sweep.TakeNear(this, open, y - away, spans[away], counts);
                if (away > 0 && y + away < _height) open = sweep.TakeNear(this, open, y + away, spans[away], counts);
            }
        }
        return counts;
    }

    /// <summary>How many columns to either side a disk reaches in the rows 0, 1, 2 … from its centre.</summary>
    private int[] Spans(double tolerance)
    {
        var spans = new List<int>();
        for (int away = 0, span = _width; away < _height; away++)
        {
            while (span >= 0 && (long)span * span + (long)away * away >= tolerance * tolerance) span--;
            if (span < 0) break;
            spans.Add(span);
        }
        return [.. spans];
    }

    /// <summary>Goes along rows of contour pixels and knows the last column of each key.</summary>
    private sealed class RowSweep(MaskContours contours, int classes)
    {
        // The column plus a number that each sweep raises by the width: what an earlier sweep left is less than any column of
        // this one.
        private readonly long[] _last = new long[classes + 1];
        private long _start;

        /// <summary>
        /// Counts the open pixels that have one of their key within the span in a row, and gives those that have none.
        /// </summary>
        public Span<int> TakeNear(MaskContours from, Span<int> open, int row, int span, long[] counts)
        {
            _start += contours._width;
            int next = contours._rows[row], end = contours._rows[row + 1], kept = 0;
            foreach (int pixel in open)
            {
                int column = from._columns[pixel];
                uint key = from._keys[pixel];
                for (; next < end && contours._columns[next] <= column + span; next++)
                    _last[contours._keys[next]] = _start + contours._columns[next];
                if (_last[key] >= _start + Math.Max(column - span, 0)) counts[key]++;
                else open[kept++] = pixel;
            }
            return open[..kept];
        }
    }
}
