using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace FreshProcess;

/// <summary>
/// Everything that users do with a model, as texts to compare: the tests run it before saving, this program after loading. Those
/// in <see cref="SameRows"/> must all give the same.
/// </summary>
public static class PipelineChecks
{
    /// <summary>The checks whose result is a digest of every row's values, however they were reached.</summary>
    public static readonly string[] SameRows =
        ["Transform", "PredictionEngine", "SelectColumns", "SaveAsBinary", "Cache", "ShuffleRows",
            "ParallelCursors", "SaveAgain"];

    private const string Splitter = "Splitter";

    /// <summary>The other checks, each with a result of its own.</summary>
    public static readonly string[] Others = ["Schema", "Images", "InactiveColumns", "Lazy", "MapKeyToValue", "Preview"];

    public static IEnumerable<(string Check, string Result)> Run(MLContext ml, ITransformer model, string folder)
    {
        InputRow[] rows = InputRow.In(folder);
        IDataView input = ml.Data.LoadFromEnumerable(rows);
        IDataView scored = model.Transform(input);
        string[] values = [.. scored.Schema.Where(column => column.Type is not ImageDataViewType && !column.IsHidden)
            .Select(column => column.Name)];

        yield return ("Transform", Digest(ml, scored));
        yield return ("PredictionEngine", PredictionEngine(ml, model, rows));
        yield return ("SelectColumns", Digest(ml, ml.Transforms.SelectColumns(values).Fit(scored).Transform(scored)));
        yield return ("SaveAsBinary", SaveAsBinary(ml, ml.Transforms.SelectColumns(values).Fit(scored).Transform(scored)));
        yield return ("Cache", Digest(ml, ml.Data.Cache(scored, values)));
        yield return ("ShuffleRows", Digest(ml, ml.Data.ShuffleRows(scored, 7)));
        yield return ("ParallelCursors",
            ParallelCursors(model.Transform(ml.Transforms.CopyColumns(Splitter, "Name").Fit(input).Transform(input))));
        yield return ("SaveAgain", Digest(ml, SaveAgain(ml, model, input.Schema).Transform(input)));

        yield return ("Schema", Schema(scored.Schema));
        yield return ("Images", Images(scored));
        IDataView broken = model.Transform(ml.Data.LoadFromEnumerable([.. rows.Take(1), InputRow.Missing]));
        yield return ("InactiveColumns", string.Join(' ', broken.GetColumn<string>("Name")));
        yield return ("Lazy", Digest(ml, ml.Data.TakeRows(broken, 1)));
        yield return ("MapKeyToValue", MapKeyToValue(ml, scored));
        DataDebuggerPreview preview = ml.Data.TakeRows(scored, 2).Preview();
        yield return ("Preview", $"{preview.RowView.Length} rows, {preview.ColumnView.Length} columns");
    }

    private static string Digest(MLContext ml, IDataView scored) => ScoredRow.Digest(Rows(ml, scored));

    private static IEnumerable<ScoredRow> Rows(MLContext ml, IDataView scored) =>
        ml.Data.CreateEnumerable<ScoredRow>(scored, reuseRowObject: false, ignoreMissingColumns: true);

    private static string PredictionEngine(MLContext ml, ITransformer model, InputRow[] rows)
    {
        // The engine would dispose of the model, which is needed further.
        var options = new PredictionEngineOptions { IgnoreMissingColumns = true, OwnsTransformer = false };
        using PredictionEngine<InputRow, ScoredRow> engine = ml.Model.CreatePredictionEngine<InputRow, ScoredRow>(model, options);
        return ScoredRow.Digest([.. rows.Select(row => engine.Predict(row))]);
    }

    private static string SaveAsBinary(MLContext ml, IDataView scored)
    {
        string path = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.Create(path)) ml.Data.SaveAsBinary(scored, stream);
            IDataView loaded = ml.Data.LoadFromBinary(path);
            return Schema(loaded.Schema) == Schema(scored.Schema) ? Digest(ml, loaded) : Schema(loaded.Schema);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ITransformer SaveAgain(MLContext ml, ITransformer model, DataViewSchema schema)
    {
        using var zip = new MemoryStream();
        ml.Model.Save(model, schema, zip);
        zip.Position = 0;
        return ml.Model.Load(zip, out _);
    }

    /// <summary>
    /// Reads the rows by several cursors at once: ML.NET's own transforms split one cursor where a column of theirs is read.
    /// </summary>
    private static string ParallelCursors(IDataView scored)
    {
        var rows = new ConcurrentBag<ScoredRow>();
        string[] names = [.. typeof(ScoredRow).GetProperties().Select(property => property.Name)];
        DataViewRowCursor[] cursors = scored.GetRowCursorSet(
            scored.Schema.Where(column => (names.Contains(column.Name) || column.Name == Splitter) && !column.IsHidden), 4);
        if (cursors.Length < 2) return "The rows are not split over cursors.";
        Parallel.ForEach(cursors, cursor =>
        {
            using (cursor)
            {
                Func<ScoredRow> read = Reader(cursor);
                while (cursor.MoveNext()) rows.Add(read());
            }
        });
        return ScoredRow.Digest(rows);
    }

    private static Func<ScoredRow> Reader(DataViewRow row)
    {
        Func<T> Value<T>(string name)
        {
            if (row.Schema.GetColumnOrNull(name) is not { } column) return () => default!;
            ValueGetter<T> getter = row.GetGetter<T>(column);
            T value = default!;
            return () =>
            {
                getter(ref value);
                return value;
            };
        }

        Func<T[]?> Vector<T>(string name)
        {
            if (row.Schema.GetColumnOrNull(name) is null) return () => null;
            Func<VBuffer<T>> value = Value<VBuffer<T>>(name);
            return () => [.. value().DenseValues()];
        }

        Func<ReadOnlyMemory<char>> name = Value<ReadOnlyMemory<char>>("Name");
        Func<uint[]?> label = Vector<uint>("Label"), mask = Vector<uint>("Mask");
        Func<float[]?> confidence = Vector<float>("Confidence"), latent = Vector<float>("Latent"),
            map = Vector<float>("ErrorMap"), score = Vector<float>("Score");
        Func<ReadOnlyMemory<char>[]?> polygons = Vector<ReadOnlyMemory<char>>("Polygons");
        Func<float> error = Value<float>("ReconstructionError"), anomaly = Value<float>("AnomalyScore");
        Func<uint> predicted = Value<uint>("PredictedLabel");
        return () => new ScoredRow
        {
            Name = name().ToString(),
            Label = label(),
            Mask = mask(),
            Confidence = confidence(),
            Latent = latent(),
            ReconstructionError = error(),
            ErrorMap = map(),
            AnomalyScore = anomaly(),
            PredictedLabel = predicted(),
            Score = score(),
            Polygons = polygons()?.Select(text => text.ToString()).ToArray(),
        };
    }

    private static string Schema(DataViewSchema schema) =>
        string.Join("; ", schema.Where(column => !column.IsHidden).Select(column =>
            $"{column.Name}: {column.Type}{(column.HasKeyValues() ? $" of {string.Join('|', KeyValues(column))}" : "")}"));

    private static IEnumerable<string> KeyValues(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return names.DenseValues().Select(name => name.ToString());
    }

    private static string Images(IDataView scored)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (DataViewSchema.Column column in scored.Schema.Where(
            column => column.Type is ImageDataViewType && !column.IsHidden))
        {
            foreach (MLImage image in scored.GetColumn<MLImage>(column)) hash.AppendData(image.Pixels);
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static string MapKeyToValue(MLContext ml, IDataView scored)
    {
        if (scored.Schema.GetColumnOrNull("Mask") is null) return "no mask";
        IDataView named = ml.Transforms.Conversion.MapKeyToValue("Names", "Mask").Fit(scored).Transform(scored);
        return string.Join(", ", named.GetColumn<string[]>("Names").SelectMany(names => names).CountBy(name => name)
            .OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"));
    }

    private static bool HasKeyValues(this DataViewSchema.Column column) =>
        column.Annotations.Schema.GetColumnOrNull("KeyValues") is not null;
}
