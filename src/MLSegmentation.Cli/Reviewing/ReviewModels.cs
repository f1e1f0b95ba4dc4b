namespace MLSegmentation.Cli;

/// <summary>The model that judges each image: one for all, or of a cross-validation the one that did not see it.</summary>
internal sealed class ReviewModels
{
    private const string FoldsExtension = ".folds.json";
    private readonly string _model;
    private readonly FoldRecord? _folds;

    private ReviewModels(string model, FoldRecord? folds) => (_model, _folds) = (model, folds);

    /// <summary>The models that <c>--model</c> names.</summary>
    /// <exception cref="IOException">The file is missing.</exception>
    /// <exception cref="InvalidDataException">The record of a cross-validation is damaged.</exception>
    public static ReviewModels Of(string path)
    {
        if (!path.EndsWith(FoldsExtension, StringComparison.OrdinalIgnoreCase)) return new ReviewModels(path, null);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"There is no record '{path}' of a cross-validation. 'mlseg train segmentation --folds' writes it.", path);
        }
        return new ReviewModels(path[..^FoldsExtension.Length] + ".onnx", FoldRecord.Read(path));
    }

    /// <summary>A model of them, which has the classes of all.</summary>
    public string Any => FileOf(1);

    /// <summary>Images by the model that judges them. An image of no fold, which none of them saw, is judged by the first.</summary>
    public IEnumerable<(string Model, DataSample[] Samples)> Judges(IEnumerable<DataSample> samples) => samples
        .GroupBy(sample => _folds?.Images.GetValueOrDefault(sample.Name, 1) ?? 1)
        .OrderBy(fold => fold.Key).Select(fold => (FileOf(fold.Key), fold.ToArray()));

    private string FileOf(int fold) => _folds is null ? _model : FoldRecord.ModelOf(_model, fold);
}
