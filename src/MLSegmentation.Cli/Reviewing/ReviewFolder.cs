using System.Text.Json;

namespace MLSegmentation.Cli;

/// <summary>The folder of a review. Only files of a review before are replaced or deleted in it.</summary>
internal static class ReviewFolder
{
    /// <summary>The file with all that was found.</summary>
    public const string Report = "review.json";

    private const string Pages = "pages";

    /// <summary>Makes the folder, or empties one of the pages that a review before wrote.</summary>
    /// <exception cref="IOException">The folder has files, and is none of a review.</exception>
    /// <exception cref="InvalidDataException">What the review before says of its pages is damaged.</exception>
    public static void Prepare(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!Directory.EnumerateFileSystemEntries(folder).Any()) return;
        string report = Path.Combine(folder, Report);
        if (!File.Exists(report))
        {
            throw new IOException(
                $"The folder '{folder}' has files, and none is a review's {Report}. Give an empty folder, or one that is not "
                + "there yet.");
        }
        foreach (string page in PagesOf(report)) File.Delete(Path.Combine(folder, Path.GetFileName(page)));
    }

    private static string[] PagesOf(string report)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(report));
            return [.. json.RootElement.GetProperty(Pages).EnumerateArray().Select(page => page.GetString()!)];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"The file '{report}' is no review's: {error.Message} Give another folder.", error);
        }
    }
}
