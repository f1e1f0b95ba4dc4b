namespace MLSegmentation;

/// <summary>
/// A polygon, filled as the COCO API does: vertices are rounded to fifths of a pixel, and a pixel of a column is inside where an
/// odd number of edges passes above the middle of it.
/// </summary>
/// <remarks>
/// Source: <c>rleFrPoly</c> in <c>maskApi.c</c> of the COCO API, which walks every fifth of a pixel along each edge. Here the
/// places where an edge passes the middle of a column are computed one by one, so that the work goes by the columns of the image
/// and not by the length of the edges.
/// </remarks>
/// <param name="ring">The vertices, at least three.</param>
internal sealed class PolygonShape(PolygonPoint[] ring) : RegionShape
{
    private const int Parts = 5, Middle = 2;

    /// <summary>Vertices beyond it are moved there: no image is as large, and products of coordinates stay exact.</summary>
    private const double Farthest = 1 << 24;

    public override void Paint(MaskCanvas canvas)
    {
        // A place k counts column by column; from each place to the next the pixels change from outside to inside or back.
        List<long> places = [];
        for (int i = 0; i < ring.Length; i++)
        {
            PolygonPoint from = ring[i], to = ring[(i + 1) % ring.Length];
            AddPlaces(new Edge(Fifths(from.X), Fifths(from.Y), Fifths(to.X), Fifths(to.Y)), canvas, places);
        }
        places.Sort();
        for (int i = 0; i + 1 < places.Count; i += 2) canvas.PaintColumns(places[i], places[i + 1]);
    }

    private static void AddPlaces(Edge edge, MaskCanvas canvas, List<long> places)
    {
        // Column x lies between the fifths 5x + 2 and 5x + 3.
        long first = Math.Max(Math.Min(edge.FromX, edge.ToX) - Middle + Parts - 1, 0) / Parts,
            last = Math.Min(Math.Max(edge.FromX, edge.ToX) - Middle - 1, (long)Parts * (canvas.Width - 1));
        for (long x = first; x * Parts <= last; x++)
        {
            double y = ((edge.Above((x * Parts) + Middle) + 0.5) / Parts) - 0.5;
            places.Add((x * canvas.Height) + (long)Math.Ceiling(Math.Clamp(y, 0, canvas.Height)));
        }
    }

    /// <summary>Rounded as a cast in C does, which is towards 0.</summary>
    private static long Fifths(double value) => (long)((Parts * Math.Clamp(value, -Farthest, Farthest)) + 0.5);

    /// <summary>An edge of a polygon in fifths of a pixel.</summary>
    private readonly struct Edge
    {
        private readonly long _startX, _startY, _endY;
        private readonly double _slope;
        private readonly bool _isFlat;

        public Edge(long fromX, long fromY, long toX, long toY)
        {
            (FromX, ToX) = (fromX, toX);
            long across = Math.Abs(toX - fromX), down = Math.Abs(toY - fromY);
            _isFlat = across >= down;
            bool isFlipped = _isFlat ? fromX > toX : fromY > toY;
            (_startX, _startY, long endX, _endY) = isFlipped ? (toX, toY, fromX, fromY) : (fromX, fromY, toX, toY);
            _slope = !_isFlat ? (double)(endX - _startX) / down : across > 0 ? (double)(_endY - _startY) / across : 0;
        }

        public long FromX { get; }

        public long ToX { get; }

        /// <summary>The upper of the rows, in fifths, that the edge is in at a column of fifths and at the next.</summary>
        public long Above(long column) => _isFlat ? Math.Min(Row(column), Row(column + 1)) : Passing(column);

        private long Row(long column) => (long)(_startY + (_slope * (column - _startX)) + 0.5);

        private long Column(long step) => (long)(_startX + (_slope * step) + 0.5);

        /// <summary>The row before the one in which a steep edge is beyond the column for the first time.</summary>
        private long Passing(long column)
        {
            long steps = _endY - _startY;
            long step = Math.Clamp((long)Math.Ceiling((column + 0.5 - _startX) / _slope), 1, steps);
            while (step > 1 && IsBeyond(step - 1, column)) step--;
            while (step < steps && !IsBeyond(step, column)) step++;
            return _startY + step - 1;
        }

        private bool IsBeyond(long step, long column) => _slope > 0 ? Column(step) > column : Column(step) <= column;
    }
}
