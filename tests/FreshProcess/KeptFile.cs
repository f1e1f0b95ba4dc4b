using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FreshProcess;

/// <summary>
/// A zip or model that an earlier version wrote, and what it made of images then. Nothing but ML.NET is used to find out what
/// it makes of them now.
/// </summary>
/// <param name="Schema">The columns that are compared, and what their annotations name.</param>
/// <param name="Inputs">The rows to transform: image and mask files.</param>
/// <param name="Rows">What each row that comes out has in these columns.</param>
public sealed record KeptFile(string[] Schema, KeptInput[] Inputs, Dictionary<string, JsonElement>[] Rows)
{
    /// <summary>How the zip's results differ from those kept beside it, in <c>NAME.json</c>; none where they do not.</summary>
    public static string[] DifferencesOfZip(string zip)
    {
        var ml = new MLContext(1);
        ITransformer model = ml.Model.Load(zip, out _);
        try
        {
            return Differences(ml, model, zip);
        }
        finally
        {
            (model as IDisposable)?.Dispose();
        }
    }

    /// <summary>The same of a transformer that was made of the file.</summary>
    public static string[] Differences(MLContext ml, ITransformer model, string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        KeptFile kept = JsonSerializer.Deserialize<KeptFile>(File.ReadAllText(Path.ChangeExtension(path, ".json")))!;
        IDataView scored = model.Transform(View(ml, folder, kept.Inputs));
        return [.. kept.Differences(scored, folder).Select(text => $"{Path.GetFileName(path)}: {text}")];
    }

    /// <summary>The files as columns: paths, and images as ML.NET reads them.</summary>
    public static IDataView View(MLContext ml, string folder, IEnumerable<KeptInput> inputs)
    {
        IDataView files = ml.Data.LoadFromEnumerable(inputs.Select(input => new InputRow
        {
            Name = input.Image,
            ImagePath = Path.GetFullPath(Path.Combine(folder, input.Image)),
            MaskPath = Path.GetFullPath(Path.Combine(folder, input.Mask)),
        }).ToArray());
        return ml.Transforms.LoadImages("Image", folder, "ImagePath").Fit(files).Transform(files);
    }

    /// <summary>The column's name, type, and the names in its annotations.</summary>
    public static string Describe(DataViewSchema.Column column) =>
        $"{column.Name}: {column.Type}{Names(column, "KeyValues")}{Names(column, "SlotNames")}";

    private static string Names(DataViewSchema.Column column, string annotation)
    {
        if (column.Annotations.Schema.GetColumnOrNull(annotation) is null) return "";
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(annotation, ref names);
        return $" of {string.Join('|', names.DenseValues())}";
    }

    private IEnumerable<string> Differences(IDataView scored, string folder)
    {
        foreach (string was in Schema)
        {
            string name = was[..was.IndexOf(':')];
            string? now = scored.Schema.GetColumnOrNull(name) is { } column ? Describe(column) : null;
            if (now != was) yield return $"the schema has '{now}', had '{was}'";
        }
        int number = 0;
        var columns = scored.Schema.Where(column => !column.IsHidden && Rows[0].ContainsKey(column.Name));
        using DataViewRowCursor cursor = scored.GetRowCursor(columns);
        for (; cursor.MoveNext(); number++)
        {
            foreach (var (name, value) in number < Rows.Length ? Rows[number] : [])
            {
                string? difference = KeptValue.Difference(cursor, scored.Schema[name], value, folder);
                if (difference is not null) yield return $"row {number}: {name} {difference}";
            }
        }
        if (number != Rows.Length) yield return $"there are {number} rows, were {Rows.Length}";
    }
}
