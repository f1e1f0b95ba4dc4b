namespace MLSegmentation;

/// <summary>An image of CVAT's.</summary>
/// <param name="File">Its file name, which may have folders before it.</param>
/// <param name="Size">Its size in pixels; null where the file does not say.</param>
/// <param name="Shapes">What was annotated, in the order of the file. Those of a frame are made as they are asked for.</param>
internal sealed record CvatImage(string File, (int Width, int Height)? Size, IEnumerable<CvatShape> Shapes);
