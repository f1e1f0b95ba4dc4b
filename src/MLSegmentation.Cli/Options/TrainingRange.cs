using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary>What <c>--range</c> of a training says: a range, or that it is taken from the images.</summary>
/// <param name="Given">The range; null where it is taken from the images.</param>
internal sealed record TrainingRange(SampleRange? Given)
{
    private const string Auto = "auto";

    public static Option<TrainingRange> Option() => CommandOption.Parsed(
        "--range", "LOW..HIGH|auto",
        "The values that become black and white in images of more than 8 bits a sample: LOW..HIGH such as 0..4095, or auto for "
        + "the least and the greatest in the training images. The model keeps them. [default: the least and the greatest of "
        + "their type]",
        result => result.Tokens[0].Value == Auto ? new TrainingRange(Given: null)
            : CommonOptions.ParseRange(result) is { } range ? new TrainingRange(range) : null);

    /// <summary>The range; null where none is wanted or no image has more than 8 bits a sample.</summary>
    /// <param name="range">What the option says; null where it is not given.</param>
    /// <param name="images">The training images.</param>
    public static SampleRange? Of(TrainingRange? range, IEnumerable<string> images)
    {
        if (range is not { Given: null }) return range?.Given;
        SampleRange? measured = SampleRange.Measure(images);
        Console.WriteLine(measured is null
            ? "No image has different values of more than 8 bits: '--range auto' changes nothing."
            : $"The images have the range {measured}.");
        return measured;
    }
}
