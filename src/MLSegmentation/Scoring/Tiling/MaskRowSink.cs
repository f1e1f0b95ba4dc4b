namespace MLSegmentation;

/// <summary>Takes the rows of a mask, from top to bottom.</summary>
/// <param name="y">The row, counted from 0.</param>
/// <param name="mask">
/// A key for each pixel: key k + 1 is class k, key 0 no class, which is where the network gave no number.
/// </param>
/// <param name="confidence">The probability of each pixel's class, 0 to 1; the spans are valid during the call.</param>
public delegate void MaskRowSink(int y, ReadOnlySpan<uint> mask, ReadOnlySpan<float> confidence);
