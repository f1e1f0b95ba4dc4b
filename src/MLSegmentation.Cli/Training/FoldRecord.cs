using System.Text.Json;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>
/// The file beside the models of a cross-validation: which image is in which fold, how they are trained, and, once all are done,
/// what they come to.
/// </summary>
/// <param name="Folds">The number of folds.</param>
/// <param name="Images">The fold of each image, from 1.</param>
/// <param name="Training">The options that each is trained with, by their names.</param>
internal sealed record FoldRecord(
    int Folds, IReadOnlyDictionary<string, int> Images, IReadOnlyDictionary<string, string> Training)
{
    // What changes how fast a training is, and not what it is.
    private static readonly string[] _free = [nameof(TrainerOptions.Threads), nameof(TrainerOptions.Device)];

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What is to be said of folds that are trained, by their numbers from 1: of those that collapsed.</summary>
    public IReadOnlyDictionary<int, string> Notes { get; init; } = new Dictionary<int, string>();

    /// <summary>The figures of the folds; null until all are done.</summary>
    public IReadOnlyList<FoldFigure>? Figures { get; init; }

    /// <summary>Where it is: <c>model.folds.json</c> beside <c>model.onnx</c>.</summary>
    public static string PathOf(string model) => Path.ChangeExtension(model, ".folds.json");

    /// <summary>Where the model of a fold is, from 1: <c>model.fold1.onnx</c>.</summary>
    public static string ModelOf(string model, int fold) => Path.ChangeExtension(model, $".fold{fold}{Path.GetExtension(model)}");

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static FoldRecord Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<FoldRecord>(File.ReadAllBytes(path), _json)
                is { Images: not null, Training: not null, Notes: not null } record
                ? record
                : throw new JsonException("it names no images or options");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"The file '{path}' of a cross-validation is damaged: {error.Message.TrimEnd('.')}. Delete it, or give "
                + "--overwrite to train anew.", error);
        }
    }

    /// <summary>Writes the file.</summary>
    public void Write(string path) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, _json), isDurable: true);

    /// <summary>What is another in how folds that go on from these are trained.</summary>
    public IReadOnlyList<TrainingDifference> DifferencesIn(FoldRecord resumed) =>
        [.. from one in resumed.Training.ExceptBy(_free, one => one.Key)
            where Training.TryGetValue(one.Key, out string? was) && was != one.Value
            select new TrainingDifference(one.Key, Training[one.Key], one.Value)];

    /// <summary>Whether another has the same images in the same folds.</summary>
    public bool IsOfTheSameFolds(FoldRecord other) => Folds == other.Folds && Images.Count == other.Images.Count
        && Images.All(image => other.Images.TryGetValue(image.Key, out int fold) && fold == image.Value);
}
