using System.Text.Json;

namespace MLSegmentation.Cli;

/// <summary>
/// The file beside the models of a cross-validation: which image is in which fold, and, once all are done, what they come to.
/// </summary>
/// <param name="Folds">The number of folds.</param>
/// <param name="Images">The fold of each image, from 1.</param>
/// <param name="Figures">The figures of the folds; null until all are done.</param>
internal sealed record FoldRecord(int Folds, IReadOnlyDictionary<string, int> Images, IReadOnlyList<FoldFigure>? Figures)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Where it is: <c>model.folds.json</c> beside <c>model.onnx</c>.</summary>
    public static string PathOf(string model) => Path.ChangeExtension(model, ".folds.json");

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static FoldRecord Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<FoldRecord>(File.ReadAllBytes(path), _json) is { Images: not null } record
                ? record
                : throw new JsonException("it names no images");
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

    /// <summary>Whether another has the same images in the same folds.</summary>
    public bool IsOfTheSameFolds(FoldRecord other) => Folds == other.Folds && Images.Count == other.Images.Count
        && Images.All(image => other.Images.TryGetValue(image.Key, out int fold) && fold == image.Value);
}
