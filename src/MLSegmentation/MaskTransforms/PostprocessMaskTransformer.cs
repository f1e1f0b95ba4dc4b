using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// Corrects the masks of a column (<see cref="MaskPostprocessing.Apply"/>). The new masks have the type and the class names of the old.
/// </summary>
public sealed class PostprocessMaskTransformer : RowTransformer
{
    internal PostprocessMaskTransformer(string outputColumnName, string inputColumnName, PostprocessMaskOptions options, string? imageColumnName)
        : this(outputColumnName, new MaskColumns(inputColumnName, imageColumnName), options)
    {
    }

    private PostprocessMaskTransformer(string outputColumnName, MaskColumns columns, PostprocessMaskOptions options)
        : base(columns.Names)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        OutputColumnName = outputColumnName;
        Columns = columns;
        Options = options;
    }

    /// <summary>The name of the column with the corrected masks.</summary>
    public string OutputColumnName { get; }

    /// <summary>The name of the column with the masks.</summary>
    public string InputColumnName => Columns.MaskColumnName;

    /// <summary>The name of the column with the images that the masks belong to; null where the masks' type has their size.</summary>
    public string? ImageColumnName => Columns.ImageColumnName;

    /// <summary>What is corrected.</summary>
    public PostprocessMaskOptions Options { get; }

    internal MaskColumns Columns { get; }

    /// <summary>The transformer that <see cref="GetState"/> described.</summary>
    internal static PostprocessMaskTransformer FromState(TransformerState state)
    {
        var settings = state.ReadSettings<Settings>();
        return new PostprocessMaskTransformer(settings.OutputColumnName, settings.InputColumnName, settings.Options, settings.ImageColumnName);
    }

    internal override TransformerState GetState() =>
        TransformerState.Create(new Settings(OutputColumnName, InputColumnName, Options, ImageColumnName));

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<DataViewSchema.Column> inputs)
    {
        string[] classNames = Columns.Require(inputs);
        if (Options.Background >= classNames.Length)
        {
            throw new ArgumentOutOfRangeException(
                "inputSchema",
                $"The Background is class {Options.Background}, expected 0 to {classNames.Length - 1} for the classes {ClassText.Join(classNames)} "
                + $"of column '{InputColumnName}'.");
        }
        return [new OutputColumn(OutputColumnName, inputs[0].Type, inputs[0].Annotations)];
    }

    internal override Delegate?[] CreateGetters(DataViewRow row, IReadOnlyList<DataViewSchema.Column> inputs, IReadOnlyList<bool> active)
    {
        MaskColumnReader reader = Columns.Open(row, inputs);
        var result = new RowValue<RowMask>(row, () =>
        {
            RowMask mask = reader.Read();
            MaskPostprocessing.Apply(mask.Keys, mask.Width, mask.Height, Options);
            return mask;
        });
        return [(ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> keys) => ColumnTypes.Copy<uint>(result.Get().Keys, ref keys))];
    }

    private sealed record Settings(string OutputColumnName, string InputColumnName, PostprocessMaskOptions Options, string? ImageColumnName);
}
