namespace MLSegmentation.Training;

/// <summary>A tensor as the pickle of a PyTorch file describes it, its bounds checked against those of its storage.</summary>
/// <param name="Storage">Where its numbers are.</param>
/// <param name="Offset">Numbers before its first.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Strides">How many numbers lie from one index to the next, for each dimension.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides);
