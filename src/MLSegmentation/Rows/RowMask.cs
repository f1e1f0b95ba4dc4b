namespace MLSegmentation;

/// <summary>The mask of one row.</summary>
/// <param name="Keys">One key a pixel, row by row; nobody else's.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
internal sealed record RowMask(uint[] Keys, int Width, int Height);
