namespace MLSegmentation;

/// <summary>
/// A mask that regions are painted on, in their order: a later one covers an earlier one. Parts of one region that overlap count
/// once.
/// </summary>
internal sealed class MaskCanvas
{
    private readonly uint[] _keys;

    // The number of the region that a pixel was painted by last; 0 for none.
    private readonly int[] _owners;

    // Behind one for the pixels of no region.
    private RegionPixels[] _regions = new RegionPixels[8];
    private int _region;
    private uint _key;

    /// <summary>A mask of one key.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="key">The key of pixels in no region.</param>
    public MaskCanvas(int width, int height, uint key)
    {
        (Width, Height) = (width, height);
        _keys = new uint[width * height];
        _owners = new int[width * height];
        _keys.AsSpan().Fill(key);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>The pixels of each region that was begun.</summary>
    public ArraySegment<RegionPixels> Regions => new(_regions, 1, _region);

    /// <summary>How many pixels of a region were covered by another.</summary>
    public long Covered => Regions.Sum(region => region.Painted - region.Visible);

    /// <summary>How many of these got another key by it.</summary>
    public long Changed { get; private set; }

    /// <summary>The mask, one key a pixel, row by row.</summary>
    public uint[] Keys => _keys;

    /// <summary>Begins a region.</summary>
    public void Begin(uint key)
    {
        if (++_region == _regions.Length) Array.Resize(ref _regions, 2 * _region);
        _key = key;
    }

    /// <summary>Paints pixels of a row that are within the mask.</summary>
    /// <param name="y">The row.</param>
    /// <param name="left">The first column.</param>
    /// <param name="right">The column behind the last.</param>
    public void PaintRow(int y, int left, int right)
    {
        if (y < 0 || y >= Height) return;
        int start = Math.Max(left, 0), end = Math.Min(right, Width);
        for (int x = start; x < end; x++) Paint((y * Width) + x);
    }

    /// <summary>Paints pixels of a column that are within the mask.</summary>
    /// <param name="x">The column.</param>
    /// <param name="top">The first row.</param>
    /// <param name="bottom">The row behind the last.</param>
    public void PaintColumn(int x, int top, int bottom)
    {
        if (x < 0 || x >= Width) return;
        int start = Math.Max(top, 0), end = Math.Min(bottom, Height);
        for (int y = start; y < end; y++) Paint((y * Width) + x);
    }

    /// <summary>Paints pixels counted column by column, from the upper left of the mask; they are within it.</summary>
    /// <param name="start">The first pixel.</param>
    /// <param name="end">The pixel behind the last.</param>
    public void PaintColumns(long start, long end)
    {
        for (long place = start; place < end;)
        {
            int x = (int)(place / Height), top = (int)(place % Height), bottom = (int)Math.Min(Height, top + end - place);
            PaintColumn(x, top, bottom);
            place += bottom - top;
        }
    }

    private void Paint(int pixel)
    {
        int owner = _owners[pixel];
        if (owner == _region) return;
        if (owner != 0)
        {
            _regions[owner].Visible--;
            if (_keys[pixel] != _key) Changed++;
        }
        (_owners[pixel], _keys[pixel]) = (_region, _key);
        _regions[_region].Painted++;
        _regions[_region].Visible++;
    }
}
