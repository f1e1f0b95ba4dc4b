using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Keeps a confusion matrix with its class names as a JSON file. Its <c>classes</c> are the names. Its <c>counts</c> have a row a
/// label and a number a prediction. Its <c>unassigned</c> has for each label the pixels that were predicted as no class. So parts
/// of a set can be evaluated on several machines, and summed.
/// </summary>
public static class ConfusionMatrixFile
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web);

    /// <summary>Writes a matrix; where that fails, a file that was there stays.</summary>
    /// <param name="path">The file.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="classNames">One name a class.</param>
    /// <exception cref="ArgumentException">There are more names than classes or fewer, or two are equal.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, PixelConfusionMatrix matrix, IReadOnlyList<string> classNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(matrix);
        matrix.CheckNames(classNames);
        int[] classes = [.. Enumerable.Range(0, matrix.Classes)];
        var content = new Content(
            DistinctNames(classNames),
            [.. classes.Select(label => classes.Select(prediction => matrix[label, prediction]).ToArray())],
            [.. classes.Select(matrix.Unassigned)]);
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, content, _options));
    }

    /// <summary>Reads a matrix.</summary>
    /// <param name="path">A file that <see cref="Write"/> made.</param>
    /// <returns>The matrix and one name a class.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no such file, or its numbers do not fit its classes; the message names the field.
    /// </exception>
    public static (PixelConfusionMatrix Matrix, IReadOnlyList<string> ClassNames) Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"The confusion matrix '{path}' does not exist. Full path: '{Path.GetFullPath(path)}'.", path);
        }
        try
        {
            return ConfusionMatrixJson.Parse(File.ReadAllBytes(path));
        }
        catch (FormatException error)
        {
            throw new InvalidDataException(
                $"The confusion matrix '{path}' is not as expected: {error.Message} Give a file that 'mlseg evaluate --matrix' "
                + "or ConfusionMatrixFile.Write made.", error);
        }
    }

    private static string[] DistinctNames(IReadOnlyList<string> classNames)
    {
        if (classNames.Distinct(StringComparer.Ordinal).Count() < classNames.Count)
        {
            throw new ArgumentException(
                $"The class names are {ClassText.Join(classNames)}: give each class a name of its own.", nameof(classNames));
        }
        return [.. classNames];
    }

    private sealed record Content(string[] Classes, long[][] Counts, long[] Unassigned);
}
