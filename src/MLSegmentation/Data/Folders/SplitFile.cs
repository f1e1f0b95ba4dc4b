using System.Text;
using nietras.SeparatedValues;

namespace MLSegmentation;

/// <summary>A CSV file with the columns <c>name</c> and <c>split</c> that says which part each image belongs to.</summary>
internal static class SplitFile
{
    // What a message shows of a line whose quotation mark goes on far behind it.
    private const int ShownCharacters = 60;

    // The separator is the header's most frequent of comma, semicolon and tab: where a comma is the decimal sign, spreadsheets
    // write semicolons.
    private static readonly SepReaderOptions _options = new()
    {
        Unescape = true,
        Trim = SepTrim.Outer,
        DisableColCountCheck = true,
        HasHeader = false,
    };

    private static readonly SepWriterOptions _writing = new(Sep.New(',')) { Escape = true };

    /// <summary>The lines of the file: an image, by its name or file name, and its part.</summary>
    /// <remarks>
    /// CSV by RFC 4180: a cell in quotation marks may hold separators, line breaks and, doubled, quotation marks.
    /// </remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A column is missing, or a line is longer than a line can be.</exception>
    public static IReadOnlyList<(string Image, string Part)> Read(string splitFile)
    {
        if (!File.Exists(splitFile))
        {
            throw new FileNotFoundException(
                $"The split file '{splitFile}' was not found. Full path: '{Path.GetFullPath(splitFile)}'.", splitFile);
        }
        try
        {
            return ReadLines(splitFile);
        }
        catch (NotSupportedException error)
        {
            throw new InvalidDataException(
                $"The split file '{splitFile}' has a line of more characters than can be read: a quotation mark that is not "
                + "closed makes one of all lines behind it. Close it, or double it where it belongs to a name.", error);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="splitFile">The file; what was there is replaced.</param>
    /// <param name="lines">The name of each image, and its part.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string splitFile, IEnumerable<(string Image, string Part)> lines)
    {
        using SepWriter writer = _writing.ToText();
        foreach (var (image, part) in lines)
        {
            using SepWriter.Row row = writer.NewRow();
            row["name"].Set(image);
            row["split"].Set(part);
        }
        byte[] text = Encoding.UTF8.GetBytes(writer.ToString());
        AtomicFile.Write(splitFile, stream => stream.Write(text));
    }

    /// <summary>The name that an image of the file has among the images of a folder.</summary>
    public static string NameIn<T>(Dictionary<string, T> images, string image)
    {
        string path = image.Replace('\\', '/');
        return images.ContainsKey(image) ? image : images.ContainsKey(path) ? path : SegmentationFolder.NameOf(path);
    }

    /// <summary>The images that the file puts into a part.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A column or the part is missing, or it names images that are not there.</exception>
    public static Dictionary<string, T> Select<T>(
        Dictionary<string, T> images, string imageFolder, string splitFile, string part)
    {
        IReadOnlyList<(string Image, string Part)> lines = Read(splitFile);
        var selected = new Dictionary<string, T>(FileNameComparer.Instance);
        var missing = new List<string>();
        foreach ((string name, _) in lines.Where(line => line.Part == part))
        {
            string image = NameIn(images, name);
            if (images.TryGetValue(image, out T? found)) selected[image] = found;
            else missing.Add(name);
        }
        if (missing.Count > 0)
        {
            throw new InvalidDataException(
                $"The split file '{splitFile}' names {Plural.Of(missing.Count, "image")} not in "
                + $"'{imageFolder}': {SegmentationFolder.Text(missing)}.");
        }
        return selected.Count > 0 ? selected : throw NoImages(splitFile, part, lines.Select(line => line.Part));
    }

    /// <summary>The error of a part that the file does not have.</summary>
    public static InvalidDataException NoImages(string splitFile, string part, IEnumerable<string> parts) => new(
        $"The split file '{splitFile}' has no image in the part '{part}', its parts "
        + $"are: {PrintableText.Join([.. parts.Distinct().Order(StringComparer.Ordinal)])}.");

    /// <exception cref="NotSupportedException">A line is longer than the reader's buffer may grow.</exception>
    private static List<(string Image, string Part)> ReadLines(string splitFile)
    {
        var images = new List<(string, string)>();
        string[]? header = null;
        int name = 0, split = 0;

        // The separator is looked for in the first line that is read.
        int blank = File.ReadLines(splitFile).TakeWhile(string.IsNullOrWhiteSpace).Count();
        using var text = new StreamReader(splitFile);
        for (int i = 0; i < blank; i++) text.ReadLine();
        using SepReader reader = _options.From(text);
        foreach (SepReader.Row row in reader)
        {
            if (row.ColCount == 1 && row[0].Span.IsWhiteSpace()) continue;
            if (header is null)
            {
                header = Cells(row);
                (name, split) = (Column(header, "name", splitFile), Column(header, "split", splitFile));
            }
            else if (row.ColCount > Math.Max(name, split))
            {
                images.Add((row[name].ToString(), row[split].ToString()));
            }
            else
            {
                throw new InvalidDataException(
                    $"Line {blank + row.LineNumberFrom} of the split file '{splitFile}' has {row.ColCount} cells, "
                    + $"expected {header.Length}: '{PrintableText.Of(Cells(row)[0], ShownCharacters)}'. "
                    + "A name with a separator stands in quotation marks.");
            }
        }
        if (header is null) throw NoColumn(splitFile, "name", []);
        return images;
    }

    private static int Column(string[] header, string name, string splitFile)
    {
        int index = Array.IndexOf(header, name);
        return index >= 0 ? index : throw NoColumn(splitFile, name, header);
    }

    private static InvalidDataException NoColumn(string splitFile, string name, string[] header) =>
        new($"The split file '{splitFile}' has no column '{name}' in its first line, found: {PrintableText.Join(header)}.");

    private static string[] Cells(SepReader.Row row)
    {
        var cells = new string[row.ColCount];
        for (int i = 0; i < cells.Length; i++) cells[i] = row[i].ToString();
        return cells;
    }
}
