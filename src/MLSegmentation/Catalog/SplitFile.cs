namespace MLSegmentation.Catalog;

/// <summary>A CSV file with the columns <c>name</c> and <c>split</c> that says which part each image belongs to.</summary>
internal static class SplitFile
{
    /// <summary>The lines of the file: an image, by its name or file name, and its part.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A column is missing.</exception>
    public static IReadOnlyList<(string Image, string Part)> Read(string splitFile)
    {
        if (!File.Exists(splitFile))
            throw new FileNotFoundException($"The split file '{splitFile}' was not found. Full path: '{Path.GetFullPath(splitFile)}'.", splitFile);
        string[] lines = File.ReadAllLines(splitFile);
        string[] header = lines.Length > 0 ? Cells(lines[0]) : [];
        int name = Column(header, "name", splitFile), split = Column(header, "split", splitFile);
        var images = new List<(string, string)>();
        for (int i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            string[] cells = Cells(lines[i]);
            if (cells.Length <= Math.Max(name, split))
                throw new InvalidDataException($"Line {i + 1} of the split file '{splitFile}' has {cells.Length} cells, expected {header.Length}: '{lines[i]}'.");
            images.Add((cells[name], cells[split]));
        }
        return images;
    }

    /// <summary>The name that an image of the file has among the images of a folder.</summary>
    public static string NameIn(Dictionary<string, string> images, string image) => images.ContainsKey(image) ? image : SegmentationFolder.NameOf(image);

    /// <summary>The images that the file puts into a part.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A column or the part is missing, or it names images that are not there.</exception>
    public static Dictionary<string, string> Select(Dictionary<string, string> images, string imageFolder, string splitFile, string part)
    {
        IReadOnlyList<(string Image, string Part)> lines = Read(splitFile);
        var selected = new Dictionary<string, string>(StringComparer.Ordinal);
        var missing = new List<string>();
        foreach ((string name, _) in lines.Where(line => line.Part == part))
        {
            string image = NameIn(images, name);
            if (images.TryGetValue(image, out string? path)) selected[image] = path;
            else missing.Add(name);
        }
        if (missing.Count > 0)
            throw new InvalidDataException($"The split file '{splitFile}' names {missing.Count} images that are not in '{imageFolder}': {SegmentationFolder.Text(missing)}.");
        return selected.Count > 0 ? selected : throw NoImages(splitFile, part, lines.Select(line => line.Part));
    }

    /// <summary>The error of a part that the file does not have.</summary>
    public static InvalidDataException NoImages(string splitFile, string part, IEnumerable<string> parts) => new(
        $"The split file '{splitFile}' has no image in the part '{part}', its parts are: {string.Join(", ", parts.Distinct().Order(StringComparer.Ordinal))}.");

    private static int Column(string[] header, string name, string splitFile)
    {
        int index = Array.IndexOf(header, name);
        return index >= 0 ? index : throw new InvalidDataException(
            $"The split file '{splitFile}' has no column '{name}' in its first line, found: {string.Join(", ", header)}.");
    }

    private static string[] Cells(string line) => [.. line.Split(',').Select(cell => cell.Trim().Trim('"'))];
}
