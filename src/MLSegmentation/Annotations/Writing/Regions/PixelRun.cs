namespace MLSegmentation;

/// <summary>Pixels of a row.</summary>
/// <param name="Y">The row.</param>
/// <param name="Left">The first column.</param>
/// <param name="Right">The column behind the last.</param>
internal readonly record struct PixelRun(int Y, int Left, int Right);
