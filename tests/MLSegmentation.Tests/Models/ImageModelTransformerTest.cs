using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLSegmentation.Tests;

/// <summary>What the three transforms that run a model on images have in common.</summary>
[TestClass]
public sealed class ImageModelTransformerTest
{
    private readonly MLContext _ml = new(1);
    private readonly TestFolder _folder = new();
    private readonly List<string> _warnings = [];

    private static IEnumerable<object[]> Kinds => ImageModels.Kinds.Select(kind => new object[] { kind });

    private static IEnumerable<object[]> KindsAndInputs =>
        ImageModels.Kinds.SelectMany(kind => new[] { new object[] { kind, true }, [kind, false] });

    [TestInitialize]
    public void Listen() => _ml.Log += (_, message) =>
    {
        if (message.Kind == ChannelMessageKind.Warning) _warnings.Add(message.RawMessage);
    };

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Columns_OfPaths_AreThoseOfTheImagesTheyName(string kind)
    {
        IDataView data = Images(Good(0), Good(1), Good(2), Good(3), Good(4));
        using var ofPaths = (IDisposable)ImageModels.Fit(_ml, kind, data, "ImagePath");
        using var ofImages = (IDisposable)ImageModels.Fit(_ml, kind, data, "Image");

        IDataView expected = ((RowTransformer)ofImages).Transform(data), found = ((RowTransformer)ofPaths).Transform(data);

        CollectionAssert.AreEqual(
            expected.Schema.Select(column => column.Name).ToArray(), found.Schema.Select(column => column.Name).ToArray());
        foreach (DataViewSchema.Column column in expected.Schema.Where(column => column.Index >= data.Schema.Count))
            CollectionAssert.AreEqual(Texts(expected, column.Name), Texts(found, column.Name), column.Name);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void GetOutputSchema_BeforeData_PromisesWhatTheDataHas(string kind)
    {
        IDataView data = Images(Good(0));
        using var model = (IDisposable)ImageModels.Fit(_ml, kind, data, "Image", BadImagePolicy.ErrorColumn);
        DataViewSchema schema = ((RowTransformer)model).GetOutputSchema(data.Schema);

        foreach (DataViewSchema.Column column in schema.Where(column => column.Index >= data.Schema.Count))
        {
            SchemaShape.Column shape = ColumnShapes.Of(column);
            Assert.AreEqual(column.Type is VectorDataViewType, shape.Kind != SchemaShape.Column.VectorKind.Scalar, column.Name);
            Assert.AreEqual(column.Annotations.Schema.Count, shape.Annotations.Count, column.Name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(KindsAndInputs))]
    public void Throw_MissingFile_ThrowsInItsRowAndGoesOn(string kind, bool readsFiles)
    {
        IDataView data = Images(Good(0), Bad("missing"), Good(1));
        using var model = (IDisposable)ImageModels.Fit(_ml, kind, data, readsFiles ? "ImagePath" : "Image");
        IDataView scored = ((RowTransformer)model).Transform(data);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Output"]]);
        Action read = Reader(cursor, scored.Schema["Output"]);

        Assert.IsTrue(cursor.MoveNext());
        read();
        Assert.IsTrue(cursor.MoveNext());
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(read).Message, "missing.png");
        Assert.IsTrue(cursor.MoveNext());
        read();
        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    [DynamicData(nameof(KindsAndInputs))]
    public void Skip_BadImages_LeavesThemOutCountsThemAndSaysSoInTheLog(string kind, bool readsFiles)
    {
        IDataView data = Images(Good(0), Bad("missing"), Good(1), Bad("damaged"), Good(2));
        using var disposable = (IDisposable)ImageModels.Fit(
            _ml, kind, data, readsFiles ? "ImagePath" : "Image", BadImagePolicy.Skip);
        var model = (RowTransformer)disposable;

        string[] names = [.. model.Transform(data).GetColumn<string>("Name")];

        CollectionAssert.AreEqual(new[] { "0", "1", "2" }, names);
        Assert.AreEqual(2, ImageModels.SkippedRows(model));
        string warning = _warnings.Single();
        StringAssert.Contains(warning, "2 rows");
        StringAssert.Contains(warning, "missing.png");
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Skip_SoundImages_SaysNothing(string kind)
    {
        IDataView data = Images(Good(0), Good(1));
        using var model = (IDisposable)ImageModels.Fit(_ml, kind, data, "ImagePath", BadImagePolicy.Skip);

        Assert.HasCount(2, ((RowTransformer)model).Transform(data).GetColumn<string>("Name"));

        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    [DynamicData(nameof(KindsAndInputs))]
    public void ErrorColumn_BadImages_SayWhyAndHaveNothingElse(string kind, bool readsFiles)
    {
        IDataView data = Images(Good(0), Bad("missing"), Bad("damaged"), Good(1));
        using var model = (IDisposable)ImageModels.Fit(
            _ml, kind, data, readsFiles ? "ImagePath" : "Image", BadImagePolicy.ErrorColumn);
        IDataView scored = ((RowTransformer)model).Transform(data);

        string[] errors = [.. scored.GetColumn<string>("Error")];
        Assert.AreEqual(("", ""), (errors[0], errors[3]));
        StringAssert.Contains(errors[1], "missing.png");
        StringAssert.Contains(errors[2], "damaged.png");
        foreach (string column in scored.Schema.Where(column => column.Index >= data.Schema.Count && column.Name != "Error")
            .Select(column => column.Name))
        {
            string[] texts = Texts(scored, column);
            foreach (string nothing in new[] { texts[1], texts[2] })
                Assert.Contains(nothing, new[] { "", "0", "NaN", "NaN;NaN;NaN" }, $"{column}: {nothing}");
            foreach (string something in new[] { texts[0], texts[3] })
                Assert.DoesNotContain(something, new[] { "", "NaN", "NaN;NaN;NaN" }, $"{column}: {something}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Row_WithoutImage_IsInvalidOperationAndABadImage(string kind)
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new TestImages.Row { Image = null }]);
        using var model = (IDisposable)ImageModels.Fit(_ml, kind, data, "Image");
        IDataView scored = ((RowTransformer)model).Transform(data);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Output"]]);
        Action read = Reader(cursor, scored.Schema["Output"]);
        Assert.IsTrue(cursor.MoveNext());

        var error = Assert.ThrowsExactly<InvalidOperationException>(read);

        StringAssert.Contains(error.Message, "Row 0");
        Assert.IsTrue(BadImage.Is(error));
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Fit_GpuWithoutItsLibraryAndFallback_RunsOnTheProcessorAndSaysSo(string kind)
    {
        IDataView data = Images(Good(0));
        (_ml.GpuDeviceId, _ml.FallbackToCpu) = (0, true);

        using var model = (IDisposable)ImageModels.Fit(_ml, kind, data, "Image");

        Assert.HasCount(1, Texts(((RowTransformer)model).Transform(data), "Output"));
        StringAssert.Contains(_warnings.Single(), "Microsoft.ML.OnnxRuntime.Gpu");
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Fit_GpuWithoutItsLibraryOrFallback_SaysWhatWasAskedAndWhatGivesIt(string kind)
    {
        IDataView data = Images(Good(0));
        (_ml.GpuDeviceId, _ml.FallbackToCpu) = (0, false);

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => ImageModels.Fit(_ml, kind, data, "Image")).Message;

        StringAssert.Contains(message, "GPU 0 was asked for (GpuDeviceId)");
        StringAssert.Contains(message, "Microsoft.ML.OnnxRuntime.Gpu");
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Load_GpuOfTheContextThatLoads_IsAskedFor(string kind)
    {
        IDataView data = Images(Good(0));
        string zip = _folder.FileNamed("model.zip");
        using (var model = (IDisposable)ImageModels.Fit(_ml, kind, data, "Image"))
            _ml.Model.Save((RowTransformer)model, data.Schema, zip);
        Assert.IsEmpty(_warnings);
        (_ml.GpuDeviceId, _ml.FallbackToCpu) = (7, true);

        ((IDisposable)_ml.Model.Load(zip, out _)).Dispose();

        StringAssert.Contains(_warnings.Single(), "GPU 7");
    }

    private static Action Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type.RawType == typeof(VBuffer<uint>)) return Reader<VBuffer<uint>>(row, column);
        return column.Type.RawType == typeof(uint) ? Reader<uint>(row, column) : Reader<MLImage>(row, column);
    }

    private static Action Reader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default!;
        return () => get(ref value);
    }

    /// <summary>
    /// The values of a column as texts, items of vectors with semicolons between them; that of no image is empty.
    /// </summary>
    private static string[] Texts(IDataView data, string column)
    {
        Type type = data.Schema[column].Type.RawType;
        if (type == typeof(MLImage))
            return [.. data.GetColumn<MLImage>(column).Select(image => image is null ? "" : Join(image.Pixels.ToArray()))];
        if (type == typeof(VBuffer<uint>)) return [.. data.GetColumn<uint[]>(column).Select(Join)];
        if (type == typeof(VBuffer<float>)) return [.. data.GetColumn<float[]>(column).Select(Join)];
        if (type == typeof(uint)) return [.. data.GetColumn<uint>(column).Select(value => $"{value}")];
        return type == typeof(float)
            ? [.. data.GetColumn<float>(column).Select(value => Join([value]))]
            : [.. data.GetColumn<string>(column)];
    }

    private static string Join<T>(T[] values) =>
        string.Join(';', values.Select(value => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}")));

    private PathRow Good(int index) => new() { Name = $"{index}", ImagePath = _folder.ImageFile(index) };

    private PathRow Bad(string name)
    {
        if (name == "damaged")
            File.WriteAllBytes(_folder.FileNamed("damaged.png"), File.ReadAllBytes(_folder.ImageFile(3))[..60]);
        return new PathRow { Name = name, ImagePath = _folder.FileNamed($"{name}.png") };
    }

    private IDataView Images(params PathRow[] rows)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.ReadImages("Image", null, "ImagePath").Fit(data).Transform(data);
    }

    private sealed class PathRow
    {
        public string Name { get; set; } = "";

        public string ImagePath { get; set; } = "";
    }
}
