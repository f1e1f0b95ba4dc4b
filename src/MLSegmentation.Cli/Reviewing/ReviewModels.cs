namespace MLSegmentation.Cli;

/// <summary>The model that judges each image: one for all, or of a cross-validation the one that did not see it.</summary>
internal sealed class ReviewModels : IDisposable
{
    private const string FoldsExtension = ".folds.json";
    private const int FirstFold = 1;

    private readonly FoldRecord? _folds;
    private readonly Dictionary<int, SegmentationModel> _models = [];

    private ReviewModels(FoldRecord? folds) => _folds = folds;

    /// <summary>The one that stands for all: they have the same classes.</summary>
    public SegmentationModel First => _models[FirstFold];

    /// <summary>The options that the models have: those of an ML.NET zip.</summary>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">It has no model that segments, or the record is damaged.</exception>
    public static SegmentationModelOptions OptionsOf(string path) => ModelArgument.Find(Files(path).Models[0]).OptionsOfModel();

    /// <summary>Loads the models that a command names.</summary>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">
    /// A model does not segment, or the record of a cross-validation is damaged.
    /// </exception>
    public static ReviewModels Open(ReviewOptions options)
    {
        var (folds, files) = Files(options.Model);
        return Load(options, folds, files);
    }

    /// <summary>The mask of an image by its judge. One of no fold, which none of them saw, is judged by the first.</summary>
    public SegmentationResult Judge(DataSample sample, CancellationToken cancellation) =>
        _models[_folds?.Images.GetValueOrDefault(sample.Name, FirstFold) ?? FirstFold].Segment(sample.ImagePath!, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SegmentationModel model in _models.Values) model.Dispose();
    }

    private static (FoldRecord? Folds, string[] Models) Files(string path)
    {
        if (!path.EndsWith(FoldsExtension, StringComparison.OrdinalIgnoreCase)) return (null, [path]);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"There is no record '{path}' of a cross-validation. 'mlseg train segmentation --folds' writes it.", path);
        }
        var folds = FoldRecord.Read(path);
        string model = path[..^FoldsExtension.Length] + ".onnx";
        return (folds, [.. Enumerable.Range(FirstFold, folds.Folds).Select(fold => FoldRecord.ModelOf(model, fold))]);
    }

    private static ReviewModels Load(ReviewOptions options, FoldRecord? folds, IEnumerable<string> files)
    {
        var models = new ReviewModels(folds);
        try
        {
            foreach (string file in files)
            {
                OnnxModelSource source = ModelArgument.Find(file).Source;
                SegmentationModelOptions scoring = ModelClasses.Name(
                    options.Scoring with { WithConfidence = true, MaskSize = MaskSize.Image }, options.ClassFile, options.Ignore,
                    source.Info);
                models._models.Add(
                    models._models.Count + FirstFold, SegmentationModel.Load(source, scoring, ToolContext.Warn));
            }
            return models;
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }
}
