using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>
/// Corrects the masks of a column (<see cref="MaskPostprocessing.Apply"/>). The new masks have the type and the class names of
/// the old.
/// </summary>
public sealed class PostprocessMaskTransformer : RowTransformer, IZipped<PostprocessMaskTransformer>
{
    private readonly MaskColumns _columns;

    internal PostprocessMaskTransformer(
        string outputColumnName, string inputColumnName, PostprocessMaskOptions options, string? imageColumnName)
        : base(imageColumnName is null ? [inputColumnName] : [inputColumnName, imageColumnName])
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        OutputColumnName = outputColumnName;
        _columns = new MaskColumns(inputColumnName, imageColumnName);
        Options = options;
    }

    /// <summary>The name of the column with the corrected masks.</summary>
    public string OutputColumnName { get; }

    /// <summary>The name of the column with the masks.</summary>
    public string InputColumnName => _columns.MaskColumnName;

    /// <summary>
    /// The name of the column with the images that the masks belong to; null where the masks' type has their size.
    /// </summary>
    public string? ImageColumnName => _columns.ImageColumnName;

    /// <summary>What is corrected.</summary>
    public PostprocessMaskOptions Options { get; }

    static PostprocessMaskTransformer IZipped<PostprocessMaskTransformer>.FromState(TransformerState state, IHostEnvironment env)
    {
        var saved = state.Read<State>();
        return new PostprocessMaskTransformer(
            saved.OutputColumnName, saved.InputColumnName, saved.Options, saved.ImageColumnName);
    }

    internal override TransformerState GetState() =>
        TransformerState.Create(new State(OutputColumnName, InputColumnName, Options, ImageColumnName));

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<InputColumn> inputs)
    {
        if (_columns.Require(inputs) is { } classNames && Options.Background >= classNames.Length)
        {
            throw inputs[0].Unfit(
                $"The Background is class {Options.Background}, expected 0 to {classNames.Length - 1} for the "
                + $"classes {ClassText.Join(classNames)} of column '{InputColumnName}'.");
        }
        return new OutputColumns<RowMask>().Mask(OutputColumnName, inputs[0], mask => mask.Keys);
    }

    internal override Func<object> OpenRow(DataViewRow row, IReadOnlyList<InputColumn> inputs, IReadOnlySet<string> wanted)
    {
        MaskColumnReader reader = _columns.Open(row, inputs);
        return new RowValue<RowMask>(row, () =>
        {
            RowMask mask = reader.Read();
            MaskPostprocessing.Apply(mask.Keys, mask.Width, mask.Height, Options);
            return mask;
        }).Get;
    }

    private sealed record State(
        string OutputColumnName, string InputColumnName, PostprocessMaskOptions Options, string? ImageColumnName);
}
