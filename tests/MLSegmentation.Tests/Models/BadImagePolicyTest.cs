using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class BadImagePolicyTest
{
    private readonly MLContext _ml = new(1);
    private readonly TestFolder _folder = new();

    private sealed class PathRow
    {
        public string Name { get; set; } = "";

        public string ImagePath { get; set; } = "";
    }

    private sealed class Result
    {
        public string Name { get; set; } = "";

        public uint[] Mask { get; set; } = [];

        public string Error { get; set; } = "";
    }

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Throw_MissingImage_NamesTheFileInItsRow(bool readsFiles)
    {
        IDataView scored = Score(BadImagePolicy.Throw, readsFiles, out SegmentImageTransformer model);
        using (model)
        {
            using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Mask"]]);
            ValueGetter<VBuffer<uint>> getMask = cursor.GetGetter<VBuffer<uint>>(scored.Schema["Mask"]);
            VBuffer<uint> mask = default;
            Assert.IsTrue(cursor.MoveNext());
            getMask(ref mask);
            Assert.IsTrue(cursor.MoveNext());

            var error = Assert.ThrowsExactly<FileNotFoundException>(() => getMask(ref mask));

            StringAssert.Contains(error.Message, "missing.png");
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Skip_BadImages_LeavesTheirRowsOutAndCountsThem(bool readsFiles)
    {
        IDataView scored = Score(BadImagePolicy.Skip, readsFiles, out SegmentImageTransformer model);
        using (model)
        {
            string[] names = [.. scored.GetColumn<string>("Name")];

            CollectionAssert.AreEqual(new[] { "0", "1", "2", "3", "4" }, names);
            Assert.AreEqual(3, model.SkippedRows);
            Assert.IsNull(scored.GetRowCount());
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void ErrorColumn_BadImages_HaveNoMaskAndSayWhy(bool readsFiles)
    {
        IDataView scored = Score(BadImagePolicy.ErrorColumn, readsFiles, out SegmentImageTransformer model);
        using (model)
        {
            Result[] rows = [.. _ml.Data.CreateEnumerable<Result>(scored, reuseRowObject: false)];

            CollectionAssert.AreEqual(
                new[] { "0", "missing", "1", "2", "empty", "3", "damaged", "4" }, rows.Select(row => row.Name).ToArray());
            foreach (Result row in rows)
            {
                bool isGood = int.TryParse(row.Name, out int index);
                Assert.AreEqual(isGood, row.Error.Length == 0, row.Error);
                if (!isGood) StringAssert.Contains(row.Error, $"{row.Name}.png");
                Assert.HasCount(isGood ? TestFolder.Sizes[index].Width * TestFolder.Sizes[index].Height : 0, row.Mask);
            }
        }
    }

    [TestMethod]
    public void Skip_PredictionEngine_IsRefused()
    {
        IDataView data = Rows();
        using SegmentImageTransformer model = Fit(data, "ImagePath", BadImagePolicy.Skip);

        Assert.Throws<Exception>(() => _ml.Model.CreatePredictionEngine<PathRow, Result>(model));
    }

    [TestMethod]
    [DataRow(BadImagePolicy.Throw, "Error")]
    [DataRow(BadImagePolicy.Skip, "Error")]
    [DataRow(BadImagePolicy.ErrorColumn, null)]
    public void Options_ErrorColumnThatDoesNotGoWithThePolicy_AreRefused(BadImagePolicy policy, string? column) =>
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.SegmentImage(
            "Mask", "ImagePath", TestGraphs.BrightestChannel(), new() { BadImagePolicy = policy, BadImageColumnName = column }));

    private IDataView Score(BadImagePolicy policy, bool readsFiles, out SegmentImageTransformer model)
    {
        IDataView data = Rows();
        if (!readsFiles) data = _ml.Transforms.ReadImages("Image", null, "ImagePath").Fit(data).Transform(data);
        model = Fit(data, readsFiles ? "ImagePath" : "Image", policy);
        return model.Transform(data);
    }

    private SegmentImageTransformer Fit(IDataView data, string column, BadImagePolicy policy) => _ml.Transforms.SegmentImage(
        "Mask", column, TestGraphs.BrightestChannel(),
        new() { BadImagePolicy = policy, BadImageColumnName = policy == BadImagePolicy.ErrorColumn ? "Error" : null }).Fit(data);

    private IDataView Rows()
    {
        File.WriteAllBytes(_folder.FileNamed("empty.png"), []);
        File.WriteAllBytes(_folder.FileNamed("damaged.png"), File.ReadAllBytes(_folder.ImageFile(3))[..60]);
        PathRow Good(int index) => new() { Name = $"{index}", ImagePath = _folder.ImageFile(index) };
        PathRow Bad(string name) => new() { Name = name, ImagePath = _folder.FileNamed($"{name}.png") };
        return _ml.Data.LoadFromEnumerable(
            [Good(0), Bad("missing"), Good(1), Good(2), Bad("empty"), Good(3), Bad("damaged"), Good(4)]);
    }
}
