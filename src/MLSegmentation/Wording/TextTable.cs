namespace MLSegmentation;

/// <summary>Rows of text in aligned columns: the first to the left, the others, which are numbers, to the right.</summary>
internal sealed class TextTable
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public TextTable(IReadOnlyList<string> header) => Add(header);

    // A class may be called anything, and a line's end in its name would be one of the table.
    public void Add(IReadOnlyList<string> cells) => _rows.Add([.. cells.Select(cell => PrintableText.Of(cell))]);

    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, _rows[0].Count).Select(column => _rows.Max(row => row[column].Length))];
        return string.Join(Environment.NewLine, _rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))));
    }
}
