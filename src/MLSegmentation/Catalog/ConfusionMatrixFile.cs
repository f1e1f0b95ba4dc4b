using System.Text.Json;
using MLSegmentation.Images;
using MLSegmentation.Metrics;

namespace MLSegmentation.Catalog;

/// <summary>
/// Keeps a confusion matrix with its class names as a JSON file: <c>classes</c>, the names; <c>counts</c>, a row a label and a number a
/// prediction; <c>unassigned</c>, for each label the pixels that were predicted as no class. So parts of a set can be evaluated on several
/// machines, and summed.
/// </summary>
public static class ConfusionMatrixFile
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web);

    /// <summary>Writes a matrix; where that fails, a file that was there stays.</summary>
    /// <param name="path">The file.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="classNames">One name a class.</param>
    /// <exception cref="ArgumentException">There are more names than classes or fewer.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ConfusionMatrix matrix, IReadOnlyList<string> classNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(matrix);
        matrix.CheckNames(classNames);
        int[] classes = [.. Enumerable.Range(0, matrix.Classes)];
        var content = new Content(
            [.. classNames],
            [.. classes.Select(label => classes.Select(prediction => matrix[label, prediction]).ToArray())],
            [.. classes.Select(matrix.Unassigned)]);
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, content, _options));
    }

    /// <summary>Reads a matrix.</summary>
    /// <param name="path">A file that <see cref="Write"/> made.</param>
    /// <returns>The matrix and one name a class.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no such file, or its numbers do not fit its classes.</exception>
    public static (ConfusionMatrix Matrix, IReadOnlyList<string> ClassNames) Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"The confusion matrix '{path}' does not exist. Full path: '{Path.GetFullPath(path)}'.", path);
        Content? content;
        try
        {
            content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path), _options);
        }
        catch (JsonException error)
        {
            throw Wrong(path, $"is no JSON of that form ({error.Message.Split('\n')[0].Trim()})", error);
        }
        if (content is not { Classes.Length: > 0, Counts: not null, Unassigned: not null }) throw Wrong(path, "lacks classes, counts or unassigned");
        int classes = content.Classes.Length;
        if (content.Counts.Length != classes || content.Unassigned.Length != classes || content.Counts.Any(row => row?.Length != classes))
            throw Wrong(path, $"has not {classes} rows of {classes} counts and {classes} unassigned for its {classes} classes");
        if (content.Unassigned.Concat(content.Counts.SelectMany(row => row)).Any(count => count < 0)) throw Wrong(path, "has a count below 0");
        return (ToMatrix(content), content.Classes);
    }

    private static ConfusionMatrix ToMatrix(Content content)
    {
        var matrix = new ConfusionMatrix(content.Classes.Length);
        for (int label = 0; label < matrix.Classes; label++)
        {
            matrix.Add(label, -1, content.Unassigned[label]);
            for (int prediction = 0; prediction < matrix.Classes; prediction++) matrix.Add(label, prediction, content.Counts[label][prediction]);
        }
        return matrix;
    }

    private static InvalidDataException Wrong(string path, string what, Exception? inner = null) =>
        new($"The confusion matrix '{path}' {what}. Give a file that 'mlseg evaluate --matrix' or ConfusionMatrixFile.Write made.", inner);

    private sealed record Content(string[] Classes, long[][] Counts, long[] Unassigned);
}
