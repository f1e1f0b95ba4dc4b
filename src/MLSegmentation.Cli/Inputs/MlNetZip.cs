using Microsoft.ML;

namespace MLSegmentation.Cli;

/// <summary>A pipeline that was saved by ML.NET: <c>mlContext.Model.Save</c>.</summary>
/// <param name="Steps">Its transformers in their order, those of chains within it too.</param>
/// <param name="Input">The columns that it was fitted on; null where it does not say.</param>
internal sealed record MlNetZip(IReadOnlyList<ITransformer> Steps, DataViewSchema? Input) : IDisposable
{
    /// <summary>Whether a file is a zip, whatever its name ends in.</summary>
    public static bool IsZip(string path)
    {
        if (!File.Exists(path)) return false;
        using FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        return file.CanSeek && file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.SequenceEqual("PK\x03\x04"u8);
    }

    /// <summary>Loads one.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or no zip of ML.NET.</exception>
    public static MlNetZip Load(string path)
    {
        try
        {
            ITransformer pipeline = ToolContext.Create().Model.Load(path, out DataViewSchema? input);
            return new MlNetZip([.. Flatten(pipeline)], input);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new InvalidDataException(
                $"'{path}' is a zip, but ML.NET cannot load a pipeline from it: {error.GetBaseException().Message} Give an .onnx "
                + "file, or a zip that mlContext.Model.Save made.", error);
        }
    }

    /// <summary>Its only transformer of a kind; null where there is none.</summary>
    /// <exception cref="InvalidDataException">There are several.</exception>
    public T? Find<T>(string path)
        where T : class, ITransformer
    {
        T[] found = [.. Steps.OfType<T>()];
        return found.Length <= 1 ? found.FirstOrDefault() : throw new InvalidDataException(
            $"The ML.NET zip '{path}' has {found.Length} models in it: {string.Join(", ", Steps.Select(NameOf))}. Export the one "
            + "that is meant as an .onnx file.");
    }

    /// <summary>What a transformer does, by its type: <c>SegmentImage</c>.</summary>
    public static string NameOf(ITransformer step)
    {
        string name = step.GetType().Name.Split('`')[0];
        return name.EndsWith("Transformer", StringComparison.Ordinal) ? name[..^"Transformer".Length] : name;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable step in Steps.OfType<IDisposable>()) step.Dispose();
    }

    private static IEnumerable<ITransformer> Flatten(ITransformer step) =>
        step is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [step];
}
