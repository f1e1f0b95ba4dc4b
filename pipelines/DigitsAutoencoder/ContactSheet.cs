using Microsoft.ML.Data;

/// <summary>Puts images of one size side by side.</summary>
internal static class ContactSheet
{
    /// <summary>The images as a grid, in the pixel format of the first.</summary>
    public static MLImage Of(MLImage[][] rows)
    {
        var (width, height, format) = (rows[0][0].Width, rows[0][0].Height, rows[0][0].PixelFormat);
        int sheetWidth = width * rows[0].Length;
        var pixels = new byte[4 * sheetWidth * height * rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < rows[row].Length; column++)
            {
                for (int y = 0; y < height; y++)
                {
                    int target = ((row * height + y) * sheetWidth) + (column * width);
                    rows[row][column].Pixels.Slice(4 * y * width, 4 * width).CopyTo(pixels.AsSpan(4 * target));
                }
            }
        }
        return MLImage.CreateFromPixels(sheetWidth, height * rows.Length, format, pixels);
    }
}
