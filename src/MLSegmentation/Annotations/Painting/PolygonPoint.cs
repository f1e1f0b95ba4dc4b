namespace MLSegmentation;

/// <summary>
/// A point of an annotation: (0, 0) is the upper left corner of the image's first pixel, (1, 1) its lower right one.
/// </summary>
/// <param name="X">To the right, in pixels.</param>
/// <param name="Y">Downwards, in pixels.</param>
internal readonly record struct PolygonPoint(double X, double Y);
