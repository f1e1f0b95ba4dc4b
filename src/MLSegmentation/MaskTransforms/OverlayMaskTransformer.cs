using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// Draws the masks of one column on the images of another (<see cref="MaskOverlay"/>). As with every image column of ML.NET, an image is
/// disposed of when the next row's is read: save or copy it before.
/// </summary>
public sealed class OverlayMaskTransformer : RowTransformer
{
    internal OverlayMaskTransformer(string outputColumnName, string maskColumnName, string imageColumnName, OverlayMaskOptions options)
        : base(maskColumnName, imageColumnName)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(maskColumnName);
        ArgumentException.ThrowIfNullOrEmpty(imageColumnName);
        if (!(options.Opacity is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.Opacity, "Expected an Opacity from 0 to 1.");
        OutputColumnName = outputColumnName;
        Columns = new MaskColumns(maskColumnName, imageColumnName);
        ImageColumnName = imageColumnName;
        Options = options;
    }

    /// <summary>The name of the column with the drawn images.</summary>
    public string OutputColumnName { get; }

    /// <summary>The name of the column with the masks.</summary>
    public string MaskColumnName => Columns.MaskColumnName;

    /// <summary>The name of the column with the images that the masks belong to.</summary>
    public string ImageColumnName { get; }

    /// <summary>The options.</summary>
    public OverlayMaskOptions Options { get; }

    internal MaskColumns Columns { get; }

    /// <summary>The transformer that <see cref="GetState"/> described.</summary>
    internal static OverlayMaskTransformer FromState(TransformerState state)
    {
        var settings = state.ReadSettings<Settings>();
        return new OverlayMaskTransformer(settings.OutputColumnName, settings.MaskColumnName, settings.ImageColumnName, settings.Options);
    }

    internal override TransformerState GetState() =>
        TransformerState.Create(new Settings(OutputColumnName, MaskColumnName, ImageColumnName, Options));

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<DataViewSchema.Column> inputs)
    {
        string[] classNames = Columns.Require(inputs);
        if (Options.Background is { } background && (background < -1 || background >= classNames.Length))
            throw DoesNotFit($"The Background is class {background}, expected 0 to {classNames.Length - 1}, or -1 to paint all", classNames);
        if (Options.Palette is { } palette && palette.Count != classNames.Length)
            throw DoesNotFit($"The Palette has {palette.Count} colours, expected {classNames.Length}, one a class", classNames);
        return [new OutputColumn(OutputColumnName, inputs[1].Type)];
    }

    internal override Delegate?[] CreateGetters(DataViewRow row, IReadOnlyList<DataViewSchema.Column> inputs, IReadOnlyList<bool> active)
    {
        IReadOnlyList<Rgb> palette = Options.Palette ?? Palette.Voc(MaskColumns.ClassNames(inputs[0]).Length);
        var image = new RowValue<MLImage>(row, new ImageColumnReader(row, inputs[1]).Read);
        var mask = new MaskColumnReader(row, inputs[0], () => (image.Get().Width, image.Get().Height));
        return [(ValueGetter<MLImage>)((ref MLImage drawn) => Draw(image.Get(), mask.Read(), palette, ref drawn))];
    }

    private void Draw(MLImage image, RowMask mask, IReadOnlyList<Rgb> palette, ref MLImage drawn)
    {
        // Images are native memory that the garbage collector does not see: like ML.NET's own, this frees the last row's.
        drawn?.Dispose();
        drawn = MaskOverlay.Draw(image, mask.Keys, palette, Options.Opacity, Options.Background);
    }

    private ArgumentOutOfRangeException DoesNotFit(string what, string[] classNames) =>
        new("inputSchema", $"{what}: the classes of column '{MaskColumnName}' are {ClassText.Join(classNames)}.");

    private sealed record Settings(string OutputColumnName, string MaskColumnName, string ImageColumnName, OverlayMaskOptions Options);
}
