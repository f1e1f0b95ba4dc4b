using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>
/// Draws the masks of one column on the images of another (<see cref="MaskOverlay"/>). As with every image column of ML.NET, an
/// image is disposed of when the next row's is read: save or copy it before.
/// </summary>
public sealed class OverlayMaskTransformer : RowTransformer, IZipped<OverlayMaskTransformer>
{
    private readonly MaskColumns _columns;

    internal OverlayMaskTransformer(
        string outputColumnName, string maskColumnName, string imageColumnName, OverlayMaskOptions options)
        : base(maskColumnName, imageColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(maskColumnName);
        ArgumentException.ThrowIfNullOrEmpty(imageColumnName);
        if (!(options.Opacity is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.Opacity, "Expected an Opacity from 0 to 1.");
        OutputColumnName = outputColumnName;
        _columns = new MaskColumns(maskColumnName, imageColumnName);
        ImageColumnName = imageColumnName;
        Options = options;
    }

    /// <summary>The name of the column with the drawn images.</summary>
    public string OutputColumnName { get; }

    /// <summary>The name of the column with the masks.</summary>
    public string MaskColumnName => _columns.MaskColumnName;

    /// <summary>The name of the column with the images that the masks belong to.</summary>
    public string ImageColumnName { get; }

    /// <summary>The options.</summary>
    public OverlayMaskOptions Options { get; }

    static OverlayMaskTransformer IZipped<OverlayMaskTransformer>.FromState(TransformerState state, IHostEnvironment env)
    {
        var saved = state.Read<State>();
        return new OverlayMaskTransformer(saved.OutputColumnName, saved.MaskColumnName, saved.ImageColumnName, saved.Options);
    }

    internal override TransformerState GetState() =>
        TransformerState.Create(new State(OutputColumnName, MaskColumnName, ImageColumnName, Options));

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<InputColumn> inputs)
    {
        if (_columns.Require(inputs) is { } classNames) CheckClasses(inputs[0], classNames);
        return new OutputColumns<Func<MLImage>>().Image(OutputColumnName, inputs[1].RequireImage(), draw => draw());
    }

    internal override Func<object> OpenRow(DataViewRow row, IReadOnlyList<InputColumn> inputs, IReadOnlySet<string> wanted)
    {
        IReadOnlyList<Rgb> palette = Options.Palette ?? Palette.Voc(MaskColumns.ClassNames(inputs[0].Data).Length);
        var image = new RowValue<MLImage>(row, new ImageColumnReader(row, inputs[1].Data).Read);
        var mask = new MaskColumnReader(row, inputs[0].Data, () => (image.Get().Width, image.Get().Height));
        Func<MLImage> draw = () => MaskOverlay.Draw(image.Get(), mask.Read().Keys, palette, Options.Opacity, Options.Background);
        return () => draw;
    }

    private void CheckClasses(InputColumn mask, string[] classNames)
    {
        string classes = $"the classes of column '{mask.Name}' are {ClassText.Join(classNames)}.";
        if (Options.Background is { } background && (background < -1 || background >= classNames.Length))
        {
            throw mask.Unfit(
                $"The Background is class {background}, expected 0 to {classNames.Length - 1}, or -1 to paint all: {classes}");
        }
        if (Options.Palette is { } palette && palette.Count != classNames.Length)
            throw mask.Unfit($"The Palette has {palette.Count} colours, expected {classNames.Length}, one a class: {classes}");
    }

    private sealed record State(
        string OutputColumnName, string MaskColumnName, string ImageColumnName, OverlayMaskOptions Options);
}
