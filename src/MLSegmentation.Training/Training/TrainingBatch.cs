namespace MLSegmentation.Training;

/// <summary>One batch, still as plain arrays so that another thread can prepare it.</summary>
/// <param name="Count">Images.</param>
/// <param name="Channels">Channels of an image.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="Images">[count, channels, height, width], 0 to 255.</param>
/// <param name="Labels">[count, height, width], a class or <see cref="TrainingSample.Ignored"/>; empty for an autoencoder.</param>
internal sealed record TrainingBatch(int Count, int Channels, int Height, int Width, float[] Images, byte[] Labels);
