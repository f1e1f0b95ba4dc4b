using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>Which output of a model is read, and as what.</summary>
internal sealed class ScoreChoice
{
    private readonly OnnxModelInfo _model;
    private readonly string _source;
    private readonly SegmentationOptions _options;

    /// <param name="model">The model.</param>
    /// <param name="source">What errors call it.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">The options contradict the output, or leave open what it is.</exception>
    /// <exception cref="InvalidDataException">The model does not segment, or does not say how many classes it has.</exception>
    public ScoreChoice(OnnxModelInfo model, string source, SegmentationOptions options)
    {
        (_model, _source, _options) = (model, source, options);
        if (options.Scores is { } stated && !Enum.IsDefined(stated))
            throw new ArgumentOutOfRangeException(nameof(options), stated, "The Scores are of an unknown kind.");
        SegmentationOutput found = model.RequireScores(source, options.Output);
        bool isFraction = IsFraction(found.Value.ElementType);
        ScoreKind? kind = options.Scores ?? (isFraction ? found.Kind : ScoreKind.Labels);
        Output = kind == ScoreKind.Labels ? AsLabels(found) : isFraction ? AsScores(found, kind) : throw Fault(
            $"Scores is ScoreKind.{kind}, but {MidSentence.Of(source)} has whole numbers in its output {found.Value}, which are "
            + "labels. Leave Scores out, or set Output to another output.");
        RequireAgreement(found);
        ClassNames = ClassNaming.Of(model, source, options, Output);
    }

    /// <summary>The output; its kind is null for scores of several classes of which the graph tells nothing else.</summary>
    public SegmentationOutput Output { get; }

    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Whether each pixel has the number of its class.</summary>
    public bool AreLabels => Output.Kind == ScoreKind.Labels;

    /// <summary>Whether one score decides about each pixel, that of a foreground.</summary>
    public bool IsForeground => Output.Channels == 1 || IsPair;

    /// <summary>Whether it is the second of two channels, behind that of the background, as in graphs adopted with one.</summary>
    public bool IsPair =>
        _model.Metadata.ForegroundThreshold is not null && IsOwn && !AreLabels && Output.Name == _model.Scores?.Name;

    /// <summary>The least probability of the foreground.</summary>
    public float ForegroundThreshold => _options.Threshold ?? GraphsThreshold;

    /// <summary>That of the mask that a graph of this project answers.</summary>
    public float GraphsThreshold => _model.Metadata.ForegroundThreshold ?? ScoreMeaning.DefaultForegroundThreshold;

    /// <summary>
    /// Whether a graph of this project, which answers probabilities whatever it makes them of, makes them of logits that are to
    /// be interpolated.
    /// </summary>
    public bool HasOwnLogits =>
        IsOwn && Output is { Name: GraphNames.Probabilities, Kind: ScoreKind.Logits or ScoreKind.IndependentLogits };

    private bool IsOwn => _model.Metadata.Task.Length > 0;

    /// <summary>What the scores are.</summary>
    /// <param name="isSoftmaxLeft">Whether the session leaves out the softmax that the graph ends in.</param>
    public ScoreMeaning MeaningFor(bool isSoftmaxLeft)
    {
        ScoreActivation ofLogits = IsForeground ? ScoreActivation.Sigmoid : ScoreActivation.Softmax;
        ScoreActivation activation = Output.Kind switch
        {
            _ when isSoftmaxLeft => ofLogits,
            ScoreKind.Logits or null => ofLogits,
            ScoreKind.IndependentLogits => ScoreActivation.Sigmoid,
            _ => ScoreActivation.None,
        };
        bool areLogits = IsOwn ? HasOwnLogits : !isSoftmaxLeft;
        return new ScoreMeaning(IsForeground ? 1 : ClassNames.Count, activation, AreInterpolatedFirst: areLogits)
        {
            AreVotes = AreLabels,
            ForegroundThreshold = ForegroundThreshold,
        };
    }

    private static bool AreLogits(ScoreKind? kind) => kind is ScoreKind.Logits or ScoreKind.IndependentLogits;

    private static bool IsFraction(Type type) =>
        type == typeof(float) || type == typeof(double) || type == typeof(Float16);

    private static ArgumentException Fault(string message) => new(message, "options");

    /// <summary>Throws where nodes make other numbers than options say: a sigmoid of 0 to 1 is all foreground.</summary>
    private void RequireAgreement(SegmentationOutput found)
    {
        bool areReadAlike = AreLogits(Output.Kind) == AreLogits(found.Kind) && AreLabels == (found.Kind == ScoreKind.Labels);
        if (_options.Scores is null || !found.IsTold || areReadAlike) return;
        throw Fault(
            $"Scores is ScoreKind.{_options.Scores}, but the last nodes of {MidSentence.Of(_source)} make "
            + $"ScoreKind.{found.Kind} in its output {found.Value}. Leave Scores out, or set Output to another output.");
    }

    private SegmentationOutput AsLabels(SegmentationOutput found)
    {
        if (found.Channels > 1)
        {
            throw Fault(
                $"Scores is ScoreKind.{ScoreKind.Labels}, but {MidSentence.Of(_source)} has {found.Channels} numbers a pixel in "
                + $"its output {found.Value}, expected one. Leave Scores out, or set Output to another output.");
        }
        if (_options.OneChannel)
        {
            throw Fault(
                $"OneChannel is for the scores of a foreground, but {MidSentence.Of(_source)} has labels in its output "
                + $"{found.Value}. Leave OneChannel out, or set Scores to ScoreKind.Logits or ScoreKind.Probabilities.");
        }
        return found with { Kind = ScoreKind.Labels, Channels = null };
    }

    private SegmentationOutput AsScores(SegmentationOutput found, ScoreKind? kind)
    {
        int? channels = found.Channels ?? (found.ClassAxis is null || _options.OneChannel ? 1 : null);
        if (_options.OneChannel && channels != 1)
        {
            throw Fault(
                $"OneChannel is set, but {MidSentence.Of(_source)} has {channels} channels in its output {found.Value}. Leave "
                + "OneChannel out.");
        }
        if (channels == 1 && kind is null)
        {
            throw Fault(
                $"{_source} has one number a pixel in its output {found.Value}, and its graph does not tell what it is. Set "
                + "Scores to ScoreKind.Logits (0 and above is the foreground), ScoreKind.Probabilities (0.5 and above is the "
                + "foreground) or ScoreKind.Labels (it is the number of the class).");
        }
        return found with { Kind = kind, Channels = channels };
    }
}
