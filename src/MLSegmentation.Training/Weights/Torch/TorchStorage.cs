namespace MLSegmentation.Training;

/// <summary>The numbers that tensors of a PyTorch file lie in.</summary>
/// <param name="Format">How they are stored.</param>
/// <param name="ElementSize">Bytes of one.</param>
/// <param name="Key">The storage's name in the file.</param>
/// <param name="Count">How many there are, by the pickle.</param>
internal sealed record TorchStorage(NumberFormat Format, int ElementSize, string Key, long Count);
