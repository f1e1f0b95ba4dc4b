using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLSegmentation.Training;

/// <summary>
/// Cuts a view that is turned or deformed: images bilinear, labels nearest, one affine map and one displacement of each pixel.
/// </summary>
internal readonly struct TurnedView
{
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
        int channels = _sample.Channels, sourceWidth = _sample.Width, sourceHeight = _sample.Height;
        ReadOnlySpan<byte> pixels = _sample.Pixels;
        var (acrossBy, downBy) = (new float[_width], new float[_width]);
        for (int y = 0; y < _height; y++)
        {
            _field?.Displace(y, acrossBy, downBy);
            for (int x = 0; x < _width; x++)
            {
                float placeX = x + 0.5f + acrossBy[x], placeY = y + 0.5f + downBy[x];
                float column = _xOfX * placeX + (_xOfY * placeY + _x), row = _yOfX * placeX + (_yOfY * placeY + _y);
                int index = y * _width + x;
                if (labels.Length > 0)
                {
                    labels[index] = column >= 0 && column < sourceWidth && row >= 0 && row < sourceHeight
                        ? _sample.Labels[(int)row * sourceWidth + (int)column]
                        : TrainingSample.Ignored;
                }
                var (left, across) = Split(column - 0.5f, sourceWidth);
                var (top, down) = Split(row - 0.5f, sourceHeight);
                int place = (top * sourceWidth + left) * channels, right = left + 1 < sourceWidth ? channels : 0,
                    below = top + 1 < sourceHeight ? sourceWidth * channels : 0;
                if (channels == 3) WriteColour(pixels, place, right, below, across, down, colours, image, 3 * index);
                else WriteValues(pixels, place, right, below, across, down, colours, image.Slice(channels * index, channels));
            }
        }
    }

    /// <summary>The pixel before a place, and the part of the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Before, float Weight) Split(float centre, int size)
    {
        if (!(centre >= 0 && centre <= size - 1)) centre = (float)Mirror.Coordinate(centre, size);
        int before = (int)centre;
        return (before, centre - before);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteColour(
        ReadOnlySpan<byte> pixels, int place, int right, int below, float across, float down, in ColourChange colours,
        Span<byte> image, int target)
    {
        Vector128<float> weights = Vector128.Create(across);
        Vector128<float> above = Mix(Read(pixels, place), Read(pixels, place + right), weights),
            under = Mix(Read(pixels, place + below), Read(pixels, place + below + right), weights);
        Vector128<int> pixel = colours.Of(Mix(above, under, Vector128.Create(down)));
        // A fourth byte is written too; the next pixel overwrites it.
        if (target + 4 <= image.Length)
        {
            Vector128<short> narrow = Vector128.Narrow(pixel, pixel);
            uint bytes = Vector128.Narrow(narrow, narrow).AsUInt32().ToScalar();
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref MemoryMarshal.GetReference(image), target), bytes);
            return;
        }
        for (int channel = 0; channel < 3; channel++) image[target + channel] = (byte)pixel[channel];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Mix(Vector128<float> first, Vector128<float> second, Vector128<float> weights) =>
        Vector128.MultiplyAddEstimate(second - first, weights, first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Read(ReadOnlySpan<byte> pixels, int place)
    {
        uint bytes = place + 4 <= pixels.Length
            ? MemoryMarshal.Read<uint>(pixels[place..])
            : (uint)(pixels[place] | pixels[place + 1] << 8 | pixels[place + 2] << 16);
        Vector128<ushort> wide = Vector128.WidenLower(Vector128.CreateScalarUnsafe(bytes).AsByte());
        return Vector128.ConvertToSingle(Vector128.WidenLower(wide).AsInt32());
    }

    private static void WriteValues(
        ReadOnlySpan<byte> pixels, int place, int right, int below, float across, float down, in ColourChange colours,
        Span<byte> pixel)
    {
        for (int channel = 0; channel < pixel.Length; channel++)
        {
            int first = place + channel;
            float above = pixels[first] + (pixels[first + right] - pixels[first]) * across;
            float under = pixels[first + below] + (pixels[first + below + right] - pixels[first + below]) * across;
            pixel[channel] = colours.Of(above + (under - above) * down);
        }
    }
}
