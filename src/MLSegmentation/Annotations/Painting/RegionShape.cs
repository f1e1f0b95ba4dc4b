namespace MLSegmentation;

/// <summary>
/// The pixels of an annotated region, in the coordinates of its file. They are rounded once: when they are painted.
/// </summary>
internal abstract class RegionShape
{
    /// <summary>Why the sizes of an image and its annotations may be exchanged, as a sentence without its full stop.</summary>
    public const string OnTheirSide =
        "They lie on their side: the image was turned as its EXIF orientation says, or the annotations were not";

    /// <summary>Paints the pixels inside.</summary>
    /// <exception cref="InvalidDataException">The shape does not fit the size of the image.</exception>
    public abstract void Paint(MaskCanvas canvas);

    /// <summary>Requires that what was annotated has the size of the image.</summary>
    /// <param name="canvas">The mask of the image.</param>
    /// <param name="what">What has the size, such as <c>run lengths</c>.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <exception cref="InvalidDataException">It has another.</exception>
    protected static void RequireSize(MaskCanvas canvas, string what, int width, int height)
    {
        if ((width, height) != (canvas.Width, canvas.Height))
        {
            string hint = (height, width) == (canvas.Width, canvas.Height)
                ? $". {OnTheirSide}"
                : "";
            throw new InvalidDataException(
                $"has {what} of {width}x{height} pixels, expected the image's {canvas.Width}x{canvas.Height}{hint}");
        }
    }
}
