using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>Puts a training's progress into words, and keeps the last of it for the summary.</summary>
internal sealed class TrainingDisplay(IProgress<ProgressStep> display) : IProgress<TrainingProgress>
{
    private const int FewSteps = 100;
    private TrainingProgress? _last;
    private string? _best;
    private readonly List<string> _notes = [];

    /// <summary>What the training came to, such as <c>12 epochs, loss 0.0421, pixel accuracy 0.9812</c>.</summary>
    public string Summary => _last is { } last
        ? $"{Plural.Of(last.Epoch, "epoch")}, {Measures(last)}{(_best is null ? "" : $", best {_best}")}"
            + $"{(last.IsStoppingEarly ? ", ended early" : "")}"
            + $"{(last.HasCachedFeatures ? ", features of the encoder computed once" : "")}"
        : "nothing was trained";

    /// <summary>What was decided, a line each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>What to say of a training that was too short to be of use; empty for a longer one.</summary>
    public string Doubt => _last is { Step: < FewSteps } last
        ? $"Warning: {Plural.Of(last.Step, "step")} {(last.Step == 1 ? "is" : "are")} too few for a model of use; give more "
            + "--epochs or --minutes. "
            + (_best is not null
                ? $"On the images held back it came to {_best}."
                : "Hold images back with --validation 0.1 to see how good it is.")
        : "";

    /// <summary>What the model lacks, where the training collapsed; else null.</summary>
    public string? Collapse { get; private set; }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (value.Warning is { } warning)
        {
            display.Report(new ProgressStep(value.Fraction, $"Warning: {OptionWords.Translate(warning)}", IsMilestone: true));
            return;
        }
        if (value.Plan is { } plan)
        {
            display.Report(new ProgressStep(value.Fraction, $"Planned:{Environment.NewLine}{plan}", IsMilestone: true));
            return;
        }
        if (value.Note is { } note)
        {
            _notes.Add(note);
            return;
        }
        if (value.Collapse is { } collapse)
        {
            Collapse = collapse;
            return;
        }
        _last = value;
        string epoch = value.Epochs is int epochs ? $"epoch {value.Epoch}/{epochs}" : $"epoch {value.Epoch}";
        string text = $"{epoch}, {Measures(value)}, {value.ImagesPerSecond:F1} "
            + $"images/s{(value.TimeLeft is { } left ? $", {Text(left)} left" : "")}";
        if (value.ValidationMetric is double validation)
        {
            string measure = $"{value.ValidationMetricName} {validation:F4} in validation";
            if (value.IsBestValidation) _best = measure;
            text = $"{epoch}, {Measures(value)}, {measure}{(value.IsBestValidation ? ", the best so far" : "")}"
                + $"{(value.IsStoppingEarly ? ", no better for long: ending" : "")}";
        }
        display.Report(new ProgressStep(value.Fraction, text, value.ValidationMetric is not null));
    }

    // An autoencoder's loss is its metric: said once.
    private static string Measures(TrainingProgress value) =>
        (value.Loss == value.Metric ? "" : $"loss {value.Loss:F4}, ") + $"{value.MetricName} {value.Metric:F4}";

    private static string Text(TimeSpan time) => time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss");
}
