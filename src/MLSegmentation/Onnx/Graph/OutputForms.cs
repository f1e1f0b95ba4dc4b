using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>Reads the forms of outputs: which axes are classes, height and width, and what the numbers are.</summary>
/// <param name="graph">The graph.</param>
/// <param name="input">The form in which it takes images.</param>
internal sealed class OutputForms(OnnxGraph graph, ImageInputFormat input)
{
    // What the nodes tell of an axis is more than what sizes and their names seem to.
    private const int Proof = 16, Hint = 1;

    private static readonly HashSet<Type> _floats = [typeof(float), typeof(Float16), typeof(double)];
    private static readonly HashSet<Type> _integers =
    [
        typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(bool),
    ];

    private readonly NamedSize[] _input = NamedSize.Of(input.Value);

    private (NamedSize Height, NamedSize Width) Image =>
        input.Layout == TensorLayout.ChannelsFirst ? (_input[2], _input[3]) : (_input[1], _input[2]);

    /// <summary>The form that most speaks for; null where the shape is no segmentation's.</summary>
    public FoundOutput? Find(OnnxValueInfo value)
    {
        bool isInteger = _integers.Contains(value.ElementType);
        if (!isInteger && !_floats.Contains(value.ElementType)) return null;

        // Scores of the whole image, unless images are one row high.
        bool isPooled = value.Dimensions is [_, _, 1, 1] or [_, 1, 1, _];
        if (isPooled && Image.Height.Fixed != 1) return null;
        NamedSize[] sizes = NamedSize.Of(value);
        return FormsOf(value).Select(form => Weigh(form, sizes, isInteger)).OfType<FoundOutput>().MaxBy(found => found.Points);
    }

    private static IEnumerable<SegmentationOutput> FormsOf(OnnxValueInfo value)
    {
        (TensorLayout Layout, bool HasBatch)[] forms = value.Dimensions.Count switch
        {
            4 => [(TensorLayout.ChannelsFirst, true), (TensorLayout.ChannelsLast, true)],
            3 => [(TensorLayout.ChannelsFirst, true), (TensorLayout.ChannelsFirst, false), (TensorLayout.ChannelsLast, false)],
            2 => [(TensorLayout.ChannelsFirst, false)],
            _ => [],
        };
        return forms.Select(form => new SegmentationOutput(value, Kind: null, form.Layout, form.HasBatch, Channels: null));
    }

    private FoundOutput? Weigh(SegmentationOutput form, NamedSize[] sizes, bool isInteger)
    {
        var evidence = SizeEvidence.Of((sizes[form.HeightAxis], sizes[form.WidthAxis]), Image);
        var axis = new OnnxAxis(form.ClassAxis, sizes.Length);
        (bool? isOfChannels, long? counted) = new ClassAxisTrace(graph).Find(form.Name, axis);
        TracedScores traced = new ScoreTrace(graph).Find(form.Name, axis);
        long? channels = form.ClassAxis is int place ? sizes[place].Fixed ?? counted : 1;
        if (!IsPossible(form, evidence, traced, channels, isInteger, isOfChannels)) return null;

        ScoreKind? kind = KindOf(traced, channels, isInteger, form.Name);
        int points = evidence.Points + BatchPoints(form, sizes[0]) + (form.Layout == input.Layout ? Hint : 0)
            + (form.ClassAxis is int classes && sizes[classes].IsOfClasses ? SizeEvidence.Sure : 0)
            + (isOfChannels is null ? 0 : isOfChannels is true ? Proof : -Proof);
        return new FoundOutput(
            form with
            {
                Kind = kind,
                IsTold = kind is not null && traced != TracedScores.Unknown,
                Channels = kind == ScoreKind.Labels ? null : (int?)channels,
            },
            evidence.Area, points);
    }

    private static bool IsPossible(
        SegmentationOutput form, SizeEvidence sizes, TracedScores traced, long? channels, bool isInteger,
        bool? isOfChannels)
    {
        if (sizes.Points <= -SizeEvidence.Sure || channels < 1) return false;
        if (isInteger && channels != 1 && (channels is not null || traced != TracedScores.Labels)) return false;
        return form.Value.Dimensions.Count switch
        {
            // Boxes have as many axes as one image's scores.
            2 => sizes is { Points: SizeEvidence.Sure, Area: 1 },
            3 => sizes.Points >= SizeEvidence.Sure || (sizes.Points >= 0 && isOfChannels is true)
                || (sizes.Points >= 0 && form.HasBatch
                    && traced is TracedScores.Labels or TracedScores.Sigmoid or TracedScores.Fraction),
            _ => true,
        };
    }

    /// <summary>Whether the first axis counts images or not, where the shape leaves that open.</summary>
    private int BatchPoints(SegmentationOutput form, NamedSize first)
    {
        if (form.Value.Dimensions.Count != 3) return 0;
        bool isBatch = first.Fixed is int count ? count == 1 || count == input.Batch
            : first.Name.Length == 0 || first.Name == _input[0].Name;
        bool isSure = first.Fixed > 1 || (first.Name.Length > 0 && isBatch);
        if (form.HasBatch == isBatch) return isSure ? SizeEvidence.Sure : 2 * Hint;
        return isSure ? -SizeEvidence.Sure : 0;
    }

    private ScoreKind? KindOf(TracedScores traced, long? channels, bool isInteger, string name)
    {
        bool isOne = channels == 1;
        if (isInteger) return traced is TracedScores.Labels or TracedScores.Unknown ? ScoreKind.Labels : null;
        return traced switch
        {
            TracedScores.Logits => ScoreKind.Logits,
            TracedScores.Softmax when !isOne => ScoreKind.Probabilities,
            TracedScores.Sigmoid => isOne ? ScoreKind.Probabilities : ScoreKind.IndependentProbabilities,
            TracedScores.Fraction when isOne => ScoreKind.Probabilities,
            TracedScores.Labels when isOne || channels is null => ScoreKind.Labels,
            _ when isOne && OutputNames.IsOfAlpha(name) && graph.IsCutToFractions(name) => ScoreKind.Probabilities,
            TracedScores.Unknown when name == GraphNames.Probabilities => ScoreKind.Probabilities,
            _ => null,
        };
    }
}
