namespace MLSegmentation;

/// <summary>One way in which the network sees an image.</summary>
/// <param name="Geometry">How the image is brought to the network.</param>
/// <param name="IsFlipped">Whether it is mirrored left to right.</param>
internal readonly record struct ImageView(ImageGeometry Geometry, bool IsFlipped);
