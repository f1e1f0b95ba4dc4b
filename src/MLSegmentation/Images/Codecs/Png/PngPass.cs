namespace MLSegmentation;

/// <summary>The pixels of a PNG that come together: those of one of the seven passes of Adam7, or all of them.</summary>
/// <param name="X">The first column.</param>
/// <param name="Y">The first row.</param>
/// <param name="StepX">From a column to the next.</param>
/// <param name="StepY">From a row to the next.</param>
internal readonly record struct PngPass(int X, int Y, int StepX, int StepY)
{
    private static readonly PngPass[] _adam7 =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];
    private static readonly PngPass[] _all = [new(0, 0, 1, 1)];

    /// <summary>The passes of an image in the file's order; those that have no pixel are not in the file.</summary>
    public static IEnumerable<PngPass> Of(PngHeader header) =>
        (header.Interlaced ? _adam7 : _all).Where(pass => pass.Width(header) > 0 && pass.Height(header) > 0);

    public int Width(PngHeader header) => (header.Width - X + StepX - 1) / StepX;

    public int Height(PngHeader header) => (header.Height - Y + StepY - 1) / StepY;

    /// <summary>The image's row that is the pass's row <paramref name="y"/>.</summary>
    public int RowOf(int y) => Y + (y * StepY);
}
