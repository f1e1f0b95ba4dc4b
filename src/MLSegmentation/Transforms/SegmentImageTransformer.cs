using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MLSegmentation.Masks;
using MLSegmentation.Onnx;

namespace MLSegmentation.Transforms;

/// <summary>
/// Segments the images of a column with an ONNX model. Adds the mask, one key a pixel in the size of the incoming image (0 no class,
/// k + 1 class k; the annotation KeyValues holds the class names), and on request a column of confidences and an overlay image.
/// Cursors and threads may share it; they share one session of ONNX Runtime.
/// </summary>
public sealed class SegmentImageTransformer : RowToRowTransformer, IDisposable
{
    private readonly SegmentationSetup _setup;
    private readonly OnnxSession _session;
    private readonly byte[] _model;

    internal SegmentImageTransformer(SegmentationSetup setup, byte[] model)
        : base(setup.InputColumnName)
    {
        _setup = setup;
        _model = model;
        _session = new OnnxSession(model, setup.Model, setup.Options.Threads, nameof(SegmentImageTransformer));
    }

    /// <summary>The name of the mask column.</summary>
    public string OutputColumnName => _setup.OutputColumnName;

    /// <summary>The options, with class names, palette and sizing filled in from the model where they were left to it.</summary>
    public SegmentImageOptions Options => _setup.Options;

    /// <summary>What the model says about itself.</summary>
    public OnnxModelInfo ModelInfo => _setup.Model;

    /// <summary>The model: the content of an <c>.onnx</c> file.</summary>
    public ReadOnlyMemory<byte> Model => _model;

    /// <summary>How often the model has run.</summary>
    internal long Runs => _session.Runs;

    /// <summary>
    /// Waits for images being scored, then frees the model's memory. Reading a column of this transformer afterwards throws
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _session.Dispose();

    /// <summary>The transformer that <see cref="GetState"/> described.</summary>
    internal static SegmentImageTransformer FromState(TransformerState state)
    {
        var settings = state.ReadSettings<Settings>();
        byte[] model = state.RequireModel();
        OnnxModelInfo info = OnnxModelInfo.FromBytes(model, "The model in the zip");
        return new SegmentImageTransformer(
            new SegmentationSetup(settings.OutputColumnName, settings.InputColumnName, info, "The model in the zip", settings.Options), model);
    }

    internal override TransformerState GetState() =>
        TransformerState.Create(new Settings(OutputColumnName, InputColumnName, Options), _model);

    internal override IReadOnlyList<OutputColumn> DescribeOutputs(DataViewSchema.Column input)
    {
        ImageDataViewType image = ColumnTypes.RequireImage(input);
        List<OutputColumn> columns = [ColumnTypes.Mask(OutputColumnName, _setup.ClassNames, image)];
        if (Options.ConfidenceColumnName is { } confidence)
            columns.Add(new OutputColumn(confidence, ColumnTypes.PerPixel(NumberDataViewType.Single, image)));
        if (Options.OverlayColumnName is { } overlay)
            columns.Add(new OutputColumn(overlay, image));
        return columns;
    }

    internal override Delegate?[] CreateGetters(DataViewRow row, DataViewSchema.Column input, IReadOnlyList<bool> active)
    {
        int confidence = Options.ConfidenceColumnName is null ? -1 : 1;
        int overlay = Options.OverlayColumnName is null ? -1 : active.Count - 1;
        var reader = new ImageColumnReader(row, input);
        var image = new RowValue<MLImage>(row, reader.Read);
        var scorer = new ImageScorer(_session, _setup, confidence > 0 && active[confidence]);
        var result = new RowValue<SegmentedImage>(row, () => scorer.Score(image.Get()));

        var getters = new Delegate?[active.Count];
        if (active[0])
            getters[0] = (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> mask) => ColumnTypes.Copy(result.Get().Mask, ref mask));
        if (confidence > 0 && active[confidence])
            getters[confidence] = (ValueGetter<VBuffer<float>>)((ref VBuffer<float> values) => ColumnTypes.Copy(result.Get().Confidence, ref values));
        if (overlay > 0 && active[overlay])
            getters[overlay] = (ValueGetter<MLImage>)((ref MLImage drawn) => Draw(image.Get(), result.Get(), ref drawn));
        return getters;
    }

    private void Draw(MLImage image, SegmentedImage result, ref MLImage drawn)
    {
        byte[] pixels = image.Pixels.ToArray();
        ChannelOrder order = image.PixelFormat == MLPixelFormat.Bgra32 ? ChannelOrder.Bgra : ChannelOrder.Rgba;
        MaskOverlay.Draw(pixels, order, image.Width, image.Height, result.Mask, _setup.Palette, Options.OverlayOpacity);

        // Images are native memory that the garbage collector does not see: like ML.NET's own, this frees the last row's.
        drawn?.Dispose();
        drawn = MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, pixels);
    }

    private sealed record Settings(string OutputColumnName, string InputColumnName, SegmentImageOptions Options);
}
