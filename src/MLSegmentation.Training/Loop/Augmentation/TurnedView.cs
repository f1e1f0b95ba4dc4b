using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MLSegmentation.Training;

/// <summary>
/// Cuts a view that is turned or deformed: images bilinear, labels nearest, one affine map and one displacement of each pixel.
/// </summary>
internal readonly struct TurnedView
{
    private const int PixelBytes = 4;
    private readonly TrainingSample _sample;
    private readonly ElasticField? _field;
    private readonly int _width;
    private readonly int _height;
    private readonly float _xOfX, _xOfY, _x, _yOfX, _yOfY, _y;

    /// <summary>A view.</summary>
    /// <param name="sample">The image and its labels.</param>
    /// <param name="columns">Where the columns lie that the view has before it is turned.</param>
    /// <param name="rows">Where the rows lie that the view has before it is turned.</param>
    /// <param name="quarters">Quarter turns; with an odd number rows become columns.</param>
    /// <param name="degrees">A further turn around the view's middle.</param>
    /// <param name="field">A displacement of each pixel; null for none.</param>
    public TurnedView(
        TrainingSample sample, AxisPlace columns, AxisPlace rows, int quarters, double degrees, ElasticField? field)
    {
        (_sample, _field) = (sample, field);
        (_width, _height) = quarters % 2 == 0 ? (columns.View, rows.View) : (rows.View, columns.View);
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        // Exact, so that a quarter turn moves pixels and mixes none.
        for (int i = 0; i < quarters % 4; i++) (sin, cos) = (cos, -sin);
        double middleX = _width / 2.0, middleY = _height / 2.0;
        double startX = columns.View / 2.0 - cos * middleX + sin * middleY,
            startY = rows.View / 2.0 - sin * middleX - cos * middleY;
        double x = columns.PositionOf(0), y = rows.PositionOf(0), stepX = columns.Step, stepY = rows.Step;
        (_xOfX, _xOfY, _x) = ((float)(stepX * cos), (float)(-stepX * sin), (float)(x + stepX * startX));
        (_yOfX, _yOfY, _y) = ((float)(stepY * sin), (float)(stepY * cos), (float)(y + stepY * startY));
    }

    /// <summary>Writes the pixels, and the labels where there are any; what lies outside the sample is ignored.</summary>
    /// <param name="colours">The change of colours.</param>
    /// <param name="image">Receives [height, width, channels].</param>
    /// <param name="labels">Receives [height, width], or is empty.</param>
    public void Write(in ColourChange colours, Span<byte> image, Span<byte> labels)
    {
        var taps = new TurnedTaps(_width, _sample);
        // A pixel is read as four bytes.
        byte[] pixels = _sample.Pixels.Length < PixelBytes ? [.. _sample.Pixels, 0] : _sample.Pixels;
        int stride = _width * _sample.Channels;
        for (int y = 0; y < _height; y++)
        {
            Place(y, taps.Columns, taps.Rows);
            if (labels.Length > 0) WriteLabels(taps, labels.Slice(y * _width, _width));
            taps.Split();
            Span<byte> line = image.Slice(y * stride, stride);
            if (_sample.Channels == 3) WriteColours(pixels, taps, colours, line);
            else WriteValues(pixels, taps, colours, line);
        }
    }

    /// <summary>The places in the sample of a row's pixels.</summary>
    private void Place(int row, Span<float> columns, Span<float> rows)
    {
        columns.Clear();
        rows.Clear();
        _field?.Displace(row, columns[.._width], rows[.._width]);
        Vector<float> first = Vector.CreateSequence(0.5f, 1);
        for (int i = 0; i < columns.Length; i += Vector<float>.Count)
        {
            Vector<float> across = new Vector<float>(columns[i..]) + first + new Vector<float>(i),
                down = new Vector<float>(rows[i..]) + new Vector<float>(row + 0.5f);
            (across * _xOfX + (down * _xOfY + new Vector<float>(_x))).CopyTo(columns[i..]);
            (across * _yOfX + (down * _yOfY + new Vector<float>(_y))).CopyTo(rows[i..]);
        }
    }

    private void WriteLabels(TurnedTaps taps, Span<byte> line)
    {
        byte[] labels = _sample.Labels;
        ReadOnlySpan<int> nearest = taps.FindNearest();
        for (int x = 0; x < line.Length; x++)
            line[x] = nearest[x] == AxisTaps.Outside ? TrainingSample.Ignored : labels[nearest[x]];
    }

    private void WriteColours(byte[] pixels, TurnedTaps taps, in ColourChange colours, Span<byte> line)
    {
        ref byte start = ref MemoryMarshal.GetArrayDataReference(pixels);
        ref byte end = ref MemoryMarshal.GetReference(line);
        int right = taps.Right, below = taps.Below, last = pixels.Length - PixelBytes;
        ReadOnlySpan<int> places = taps.Places.AsSpan(0, _width);
        ReadOnlySpan<float> across = taps.Columns.AsSpan(0, _width), down = taps.Rows.AsSpan(0, _width);
        for (int x = 0; x < places.Length; x++)
        {
            int place = places[x];
            Vector128<float> weights = Vector128.Create(across[x]);
            Vector128<float> above = Mix(Read(ref start, place, last), Read(ref start, place + right, last), weights),
                under = Mix(Read(ref start, place + below, last), Read(ref start, place + below + right, last), weights);
            Vector128<int> pixel = colours.Of(Mix(above, under, Vector128.Create(down[x])));
            if (x + 1 < places.Length)
            {
                // A fourth byte is written too; the next pixel overwrites it.
                Vector128<short> narrow = Vector128.Narrow(pixel, pixel);
                uint bytes = Vector128.Narrow(narrow, narrow).AsUInt32().ToScalar();
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref end, 3 * x), bytes);
            }
            else
            {
                for (int channel = 0; channel < 3; channel++) line[3 * x + channel] = (byte)pixel[channel];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Mix(Vector128<float> first, Vector128<float> second, Vector128<float> weights) =>
        Vector128.MultiplyAddEstimate(second - first, weights, first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Read(ref byte pixels, int place, int last)
    {
        // The last pixel has no byte behind it.
        uint bytes = place <= last
            ? Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref pixels, place))
            : Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref pixels, last)) >> 8;
        Vector128<byte> values = Vector128.CreateScalarUnsafe(bytes).AsByte();
        return Vector128.ConvertToSingle(Sse41.IsSupported
            ? Sse41.ConvertToVector128Int32(values)
            : Vector128.WidenLower(Vector128.WidenLower(values)).AsInt32());
    }

    private void WriteValues(byte[] pixels, TurnedTaps taps, in ColourChange colours, Span<byte> line)
    {
        int channels = _sample.Channels;
        for (int i = 0; i < line.Length; i++)
        {
            int x = i / channels, place = taps.Places[x] + i % channels, under = place + taps.Below;
            float above = pixels[place] + (pixels[place + taps.Right] - pixels[place]) * taps.Columns[x];
            float below = pixels[under] + (pixels[under + taps.Right] - pixels[under]) * taps.Columns[x];
            line[i] = colours.Of(above + (below - above) * taps.Rows[x]);
        }
    }
}
