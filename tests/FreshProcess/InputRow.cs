namespace FreshProcess;

/// <summary>What the pipelines under test start from: names of files in one folder.</summary>
public sealed class InputRow
{
    public string Name { get; set; } = "";

    public string ImagePath { get; set; } = "";

    public string MaskPath { get; set; } = "";

    /// <summary>Every image of the folder's <c>images</c>, with the mask of the same name.</summary>
    public static InputRow[] In(string folder) =>
        [.. Directory.GetFiles(Path.Combine(folder, "images"))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal).Select(file => new InputRow
        {
            Name = Path.GetFileNameWithoutExtension(file)!,
            ImagePath = file!,
            MaskPath = file!,
        })];

    /// <summary>A row whose files are not there: reading any of them is an error.</summary>
    public static InputRow Missing { get; } = new() { Name = "missing", ImagePath = "missing.png", MaskPath = "missing.png" };
}
