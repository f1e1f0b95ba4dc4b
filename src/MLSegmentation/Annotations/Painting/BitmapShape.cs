namespace MLSegmentation;

/// <summary>A small picture somewhere in the image, whose pixels above 0 are the region.</summary>
/// <param name="picture">The picture.</param>
/// <param name="left">The column of its first pixel.</param>
/// <param name="top">The row of its first pixel.</param>
internal sealed class BitmapShape(LabelImage picture, int left, int top) : RegionShape
{
    public override void Paint(MaskCanvas canvas)
    {
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                if (picture.Values[(y * picture.Width) + x] > 0) canvas.PaintRow(top + y, left + x, left + x + 1);
            }
        }
    }
}
