namespace MLSegmentation;

/// <summary>A polygon whose points are parts of the image's width and height.</summary>
/// <param name="ring">The vertices, at least three, from 0 to 1.</param>
internal sealed class RelativePolygonShape(IReadOnlyList<PolygonPoint> ring) : RegionShape
{
    public override void Paint(MaskCanvas canvas) => new PolygonShape(
        [.. ring.Select(point => new PolygonPoint(point.X * canvas.Width, point.Y * canvas.Height))]).Paint(canvas);
}
