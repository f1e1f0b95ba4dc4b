namespace MLSegmentation;

/// <summary>
/// The pixels of an annotated region, in the coordinates of its file. They are rounded once: when they are painted.
/// </summary>
internal abstract class RegionShape
{
    /// <summary>Paints the pixels inside.</summary>
    /// <exception cref="InvalidDataException">The shape does not fit the size of the image.</exception>
    public abstract void Paint(MaskCanvas canvas);
}
