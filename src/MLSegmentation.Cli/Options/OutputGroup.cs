namespace MLSegmentation.Cli;

/// <summary>The options that say what a model answers, for models that do not say it themselves.</summary>
internal static class OutputGroup
{
    /// <summary>What the numbers of an output are, by what is typed.</summary>
    public static IReadOnlyDictionary<string, ScoreKind> Kinds { get; } = new Dictionary<string, ScoreKind>
    {
        ["logits"] = ScoreKind.Logits,
        ["probabilities"] = ScoreKind.Probabilities,
        ["independent-logits"] = ScoreKind.IndependentLogits,
        ["independent-probabilities"] = ScoreKind.IndependentProbabilities,
        ["labels"] = ScoreKind.Labels,
    };

    /// <summary>What is typed for a kind of numbers.</summary>
    public static string NameOf(ScoreKind kind) => Kinds.First(one => one.Value == kind).Key;

    public static OptionGroup<SegmentationOptions> Create() => new()
    {
        {
            CommandOption.Of<string>(
                "--output", "NAME",
                "The model's output that tells the classes. [default: the largest that has the shape of scores or labels]"),
            options => options.Output,
            (options, value) => options with { Output = value }
        },
        {
            CommandOption.Named(
                "--scores", "NAME",
                "What the numbers of that output are: logits, probabilities, independent-logits or independent-probabilities (of "
                + "classes that do not exclude each other), or labels (the number of each pixel's class). [default: as the nodes "
                + "of the model tell]", Kinds),
            options => options.Scores,
            (options, value) => options with { Scores = value }
        },
        {
            CommandOption.Flag(
                "--one-channel",
                "That output has one channel, the score of a foreground, where its shape leaves the number open."),
            options => options.OneChannel,
            (options, value) => options with { OneChannel = value }
        },
        {
            CommandOption.Of<int>(
                "--class-count", "N",
                "The number of classes, where neither the model nor --classes tells. [default: as the model says]").AtLeast(2),
            options => options.Classes,
            (options, value) => options with { Classes = value }
        },
    };
}
