// Seconds for one epoch of the autoencoder over an idx file, the second of two, as the trainer runs it. The peer is
// autoencoder_epoch.py.
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLSegmentation.Training;

if (args.Length != 1)
{
    Console.Error.WriteLine("Usage: AutoencoderEpoch PATH/train-images-idx3-ubyte.gz");
    return 2;
}
var clock = new Stopwatch();
var context = new MLContext(seed: 1);
var options = new AutoencoderTrainerOptions { Epochs = 2, Progress = new SecondEpochClock(clock) };
using var model = context.Segmentation.Trainers.ConvolutionalAutoencoder(options).Fit(context.Data.LoadIdxImages(args[0]));
Console.WriteLine(clock.Elapsed.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture));
return 0;

internal sealed class SecondEpochClock(Stopwatch clock) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        bool isLastOfFirst = value.Epoch == 1 && value.Fraction >= 0.5;
        if (isLastOfFirst) clock.Start();
        if (value.Fraction >= 1) clock.Stop();
    }
}
