using System.Numerics;

namespace MLSegmentation.Training;

/// <summary>What a row of a <see cref="TurnedView"/> takes of a sample, several pixels at a time.</summary>
internal sealed class TurnedTaps
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _channels;
    private readonly int[] _nearest;

    /// <summary>Room for a row.</summary>
    /// <param name="count">Pixels of the row; the arrays are a little longer, up to a whole vector.</param>
    /// <param name="sample">The sample.</param>
    public TurnedTaps(int count, TrainingSample sample)
    {
        (_width, _height, _channels) = (sample.Width, sample.Height, sample.Channels);
        int vector = Vector<float>.Count, length = (count + vector - 1) / vector * vector;
        (Columns, Rows, Places, _nearest) = (new float[length], new float[length], new int[length], new int[length]);
    }

    /// <summary>Places in the sample, 0 to its width; after <see cref="Split"/> the parts of the right neighbours.</summary>
    public float[] Columns { get; }

    /// <summary>Places in the sample, 0 to its height; after <see cref="Split"/> the parts of the lower neighbours.</summary>
    public float[] Rows { get; }

    /// <summary>After <see cref="Split"/>, where the first values of the upper left neighbours are.</summary>
    public int[] Places { get; }

    /// <summary>From a value to that of its right neighbour.</summary>
    public int Right => _width > 1 ? _channels : 0;

    /// <summary>From a value to that of its lower neighbour.</summary>
    public int Below => _height > 1 ? _width * _channels : 0;

    /// <summary>The pixels that the places are in, or <see cref="AxisTaps.Outside"/>.</summary>
    public ReadOnlySpan<int> FindNearest()
    {
        Vector<float> width = new(_width), height = new(_height), zero = Vector<float>.Zero;
        for (int i = 0; i < _nearest.Length; i += Vector<int>.Count)
        {
            Vector<float> columns = new(Columns, i), rows = new(Rows, i);
            Vector<int> inside = Vector.GreaterThanOrEqual(columns, zero) & Vector.LessThan(columns, width)
                & Vector.GreaterThanOrEqual(rows, zero) & Vector.LessThan(rows, height);
            Vector<int> pixels = Vector.ConvertToInt32Native(rows) * _width + Vector.ConvertToInt32Native(columns);
            Vector.ConditionalSelect(inside, pixels, new Vector<int>(AxisTaps.Outside)).CopyTo(_nearest, i);
        }
        return _nearest;
    }

    /// <summary>Makes neighbours and their parts of the places; beyond the sample as in a mirror.</summary>
    public void Split()
    {
        for (int i = 0; i < Places.Length; i += Vector<int>.Count)
        {
            Vector<int> columns = SplitAxis(Columns, i, _width), rows = SplitAxis(Rows, i, _height);
            ((rows * _width + columns) * _channels).CopyTo(Places, i);
        }
    }

    private static Vector<int> SplitAxis(float[] places, int start, int size)
    {
        Vector<float> last = new(size - 1);
        // One reflection at each end is mostly enough, and it is cheap.
        Vector<float> centres = Vector.Abs(new Vector<float>(places, start) - new Vector<float>(0.5f));
        centres = Vector.Min(centres, last + last - centres);
        if (Vector.LessThanAny(centres, Vector<float>.Zero)) centres = Reflect(centres, size);

        // The last pixel is all of the last but one's neighbour.
        Vector<int> before = Vector.Max(
            Vector.Min(Vector.ConvertToInt32Native(centres), new Vector<int>(size - 2)), Vector<int>.Zero);
        (centres - Vector.ConvertToSingle(before)).CopyTo(places, start);
        return before;
    }

    private static Vector<float> Reflect(Vector<float> centres, int size)
    {
        Span<float> values = stackalloc float[Vector<float>.Count];
        for (int i = 0; i < values.Length; i++) values[i] = (float)Mirror.Coordinate(centres[i], size);
        return new Vector<float>(values);
    }
}
