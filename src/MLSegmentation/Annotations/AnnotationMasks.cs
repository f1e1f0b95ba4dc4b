namespace MLSegmentation;

/// <summary>Paints the masks of an annotation file.</summary>
internal static class AnnotationMasks
{
    /// <summary>
    /// The mask of an image: one key a pixel, row by row, 0 where it is to be ignored and <c>k + 1</c> for class k.
    /// </summary>
    /// <param name="reader">The annotations.</param>
    /// <param name="image">The image.</param>
    /// <param name="ignoresUnlabelled">Whether pixels in no region are to be ignored; else they are of the first class.</param>
    /// <param name="regions">Is given the regions, as many as the mask has.</param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, a region is none of its format, or the size in it is not the image's.
    /// </exception>
    public static MaskCanvas Paint(
        IAnnotationReader reader, AnnotatedImage image, bool ignoresUnlabelled = false,
        ICollection<AnnotatedRegion>? regions = null)
    {
        var (width, height) = SizeOf(image);
        var canvas = new MaskCanvas(width, height, key: ignoresUnlabelled || reader.IgnoresUnlabelled ? 0u : 1u);
        foreach (AnnotatedRegion region in reader.Read(image))
        {
            regions?.Add(region);
            canvas.Begin(region.Class is { } index ? (uint)index + 1 : 0);
            if (region.Shape is null) continue;
            try
            {
                region.Shape.Paint(canvas);
            }
            catch (InvalidDataException error)
            {
                throw new InvalidDataException(
                    $"In the annotations of '{image.Path}', {region.Origin} {error.Message}. Export them anew.", error);
            }
        }
        return canvas;
    }

    private static (int Width, int Height) SizeOf(AnnotatedImage image)
    {
        var (width, height) = ImageHeader.TryReadSize(image.Path)
            ?? throw new InvalidDataException($"The image '{image.Path}' cannot be read. Replace it, or take it out of the "
                + "annotations.");
        ImageLimit.Check(width, height, image.Path);
        if (image.Size is not { } size || size == (width, height)) return (width, height);
        string hint = size == (height, width)
            ? $"{RegionShape.OnTheirSide}. Annotate the upright image."
            : "Annotate the image that is there, or bring the image back that was annotated.";
        throw new InvalidDataException(
            $"The annotations of '{image.Path}' are of {size.Width}x{size.Height} pixels, the image has {width}x{height}. "
            + hint);
    }
}
