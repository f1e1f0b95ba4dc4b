namespace MLSegmentation;

/// <summary>The samples of a PNG file as they stand in it: neither scaled nor turned into colours.</summary>
/// <param name="File">The header, palette and transparency.</param>
/// <param name="Samples">Row by row, <see cref="PngHeader.Channels"/> a pixel, each 0 to 2^depth - 1.</param>
internal sealed record PngImage(PngFile File, ushort[] Samples);
