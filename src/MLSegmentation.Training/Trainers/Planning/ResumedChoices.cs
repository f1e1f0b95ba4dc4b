using System.Globalization;

namespace MLSegmentation.Training;

/// <summary>
/// The choices of a training that goes on from a checkpoint: what its options leave open is as the checkpoint notes it, not
/// planned anew. A note that cannot be read leaves its choice open; the checkpoint then says what differs.
/// </summary>
internal static class ResumedChoices
{
    /// <summary>The options of any training with the choices of its checkpoint.</summary>
    public static TOptions Of<TOptions>(TOptions options, TrainingRecord record)
        where TOptions : TrainerOptions
    {
        if (options.BatchSize is null && Number(record[nameof(options.BatchSize)]) is int batch)
        {
            options = options with
            {
                BatchSize = batch,
                GradientAccumulation = Number(record[nameof(options.GradientAccumulation)]) ?? options.GradientAccumulation,
            };
        }
        return options.ConvolutionPrecision == ConvolutionPrecision.Auto
            && Enum.TryParse(record[nameof(options.ConvolutionPrecision)], out ConvolutionPrecision precision)
            ? options with { ConvolutionPrecision = precision }
            : options;
    }

    /// <summary>The options of a segmentation with the choices of its checkpoint.</summary>
    public static SegmentationTrainerOptions OfSegmentation(SegmentationTrainerOptions options, TrainingRecord record)
    {
        options = Of(options, record);
        if (options.ImageWidth == 0 && Size(record[ResumeRules.ImageSize]) is var (width, height))
            options = options with { ImageWidth = width, ImageHeight = height };
        if (options.WindowWidth == 0 && Size(record[ResumeRules.Window]) is var (windowWidth, windowHeight))
            options = options with { WindowWidth = windowWidth, WindowHeight = windowHeight };
        if (options.Sizing is null && Enum.TryParse(record[nameof(options.Sizing)], out ImageSizing sizing))
            options = options with { Sizing = sizing };

        // Planned also where the options say that up does not matter.
        AugmentationOptions augmentation = options.Augmentation;
        if (bool.TryParse(record[$"{nameof(options.Augmentation)}.{nameof(augmentation.VerticalFlip)}"], out bool flips) && flips)
            options = options with { Augmentation = augmentation with { VerticalFlip = true } };
        return options with { Loss = Loss(options.Loss, name => record[$"{nameof(options.Loss)}.{name}"]) };
    }

    private static SegmentationLossOptions Loss(SegmentationLossOptions loss, Func<string, string?> noted)
    {
        if (loss.Dice is null && double.TryParse(noted(nameof(loss.Dice)), CultureInfo.InvariantCulture, out double dice))
            loss = loss with { Dice = dice };
        if (loss.ClassWeights is not null || loss.ClassWeighting is not null) return loss;
        return loss with
        {
            ClassWeights = Numbers(noted(nameof(loss.ClassWeights))),
            ClassWeighting = Enum.TryParse(noted(nameof(loss.ClassWeighting)), out ClassWeighting weighting) ? weighting : null,
        };
    }

    private static int? Number(string? text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : null;

    private static (int Width, int Height)? Size(string? text) =>
        text?.Split('x') is [var width, var height] && Number(width) is int columns && Number(height) is int rows
            ? (columns, rows)
            : null;

    private static float[]? Numbers(string? text)
    {
        float?[] numbers = [.. (text ?? "").Split(", ").Select(
            one => float.TryParse(one, CultureInfo.InvariantCulture, out float number) ? number : (float?)null)];
        return numbers.All(number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }
}
