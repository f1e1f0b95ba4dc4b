namespace MLSegmentation.Cli;

/// <summary>What an image came to could not be written, which is no fault of the image.</summary>
internal sealed class UnwritableException(Exception error) : Exception(error.Message, error);
