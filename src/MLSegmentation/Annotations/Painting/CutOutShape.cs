namespace MLSegmentation;

/// <summary>A shape with holes, whose own pixels are not in it.</summary>
/// <param name="outside">The shape around the holes.</param>
/// <param name="holes">The holes.</param>
internal sealed class CutOutShape(RegionShape outside, IReadOnlyList<RegionShape> holes) : RegionShape
{
    private const uint Inside = 1;

    public override void Paint(MaskCanvas canvas)
    {
        var own = new MaskCanvas(canvas.Width, canvas.Height, key: 0);
        own.Begin(Inside);
        outside.Paint(own);
        own.Begin(0);
        foreach (RegionShape hole in holes) hole.Paint(own);
        for (int y = 0; y < canvas.Height; y++)
        {
            for (int x = 0; x < canvas.Width; x++)
            {
                if (own.Keys[(y * canvas.Width) + x] == Inside) canvas.PaintRow(y, x, x + 1);
            }
        }
    }
}
