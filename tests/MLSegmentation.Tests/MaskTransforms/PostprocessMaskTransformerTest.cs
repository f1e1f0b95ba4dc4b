using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class PostprocessMaskTransformerTest
{
    private static readonly PostprocessMaskOptions _options = new()
    {
        Background = 0,
        MinRegionPixels = 3,
        MaxHolePixels = 4,
        OpeningRadius = 1,
        ClosingRadius = 2,
        Connectivity = Connectivity.Four,
    };

    private readonly MLContext _ml = new(1);

    private static TestMask[] Masks =>
        [.. RandomMasks.Small(40).Select(mask => mask with { Keys = [.. mask.Keys.Select(key => key % 4)] })];

    [TestMethod]
    public void Transform_MasksOfAnySize_CorrectsThemAlsoAfterAZip()
    {
        TestMask[] masks = Masks;
        IDataView data = MaskRows.OfAnySize(_ml, masks);
        PostprocessMaskTransformer transformer = _ml.Transforms.PostprocessMask("Clean", "Mask", _options, "Image").Fit(data);

        foreach (IDataView corrected in new[] { transformer.Transform(data), MaskRows.TransformLoaded(_ml, transformer, data) })
        {
            uint[][] rows = [.. corrected.GetColumn<uint[]>("Clean")];
            for (int i = 0; i < masks.Length; i++)
                CollectionAssert.AreEqual(NaivePostprocessing.Apply(masks[i], _options), rows[i], masks[i].ToString());
            Assert.AreEqual(data.Schema["Mask"].Type, corrected.Schema["Clean"].Type);
            CollectionAssert.AreEqual(MaskRows.Classes, MaskRows.Names(corrected.Schema["Clean"], "KeyValues"));
        }
    }

    [TestMethod]
    public void Transform_MasksOfOneSize_NeedsNoImage()
    {
        TestMask mask = TestMask.Parse("1111", "1131");
        IDataView data = MaskRows.OfOneSize(_ml, mask);

        IDataView corrected = _ml.Transforms.PostprocessMask("Mask", null, new() { Background = 0, MinRegionPixels = 2 })
            .Fit(data).Transform(data);

        CollectionAssert.AreEqual(TestMask.Parse("1111", "1111").Keys, corrected.GetColumn<uint[]>("Mask").Single());
        Assert.AreEqual("Vector<Key<UInt32, 0-2>, 2, 4>", corrected.Schema["Mask"].Type.ToString());
        CollectionAssert.AreEqual(new uint[] { 1, 1, 1, 1, 1, 1, 3, 1 }, mask.Keys, "The source's own masks stay as they were.");
    }

    [TestMethod]
    public void Save_Options_ComeBackAsTheyWere()
    {
        IDataView data = MaskRows.OfAnySize(_ml, Masks[0]);
        using var zip = new MemoryStream();
        _ml.Model.Save(_ml.Transforms.PostprocessMask("Clean", "Mask", _options, "Image").Fit(data), data.Schema, zip);
        zip.Position = 0;

        var loaded = (PostprocessMaskTransformer)_ml.Model.Load(zip, out _);

        Assert.AreEqual(_options, loaded.Options);
        Assert.AreEqual(("Clean", "Mask", "Image"), (loaded.OutputColumnName, loaded.InputColumnName, loaded.ImageColumnName));
    }

    [TestMethod]
    public void RowMapper_OneRow_GivesItsMask()
    {
        TestMask mask = TestMask.Parse("11211", "11111");
        IDataView data = MaskRows.OfAnySize(_ml, mask);
        ITransformer transformer = _ml.Transforms.PostprocessMask(
            "Clean", "Mask", new() { MinRegionPixels = 2 }, "Image").Fit(data);
        var row = (IRowToRowMapper)transformer.GetRowToRowMapper(data.Schema);

        using DataViewRowCursor cursor = data.GetRowCursor(row.GetDependencies([row.OutputSchema["Clean"]]));
        cursor.MoveNext();
        using DataViewRow mapped = row.GetRow(cursor, [row.OutputSchema["Clean"]]);
        VBuffer<uint> keys = default;
        mapped.GetGetter<VBuffer<uint>>(row.OutputSchema["Clean"])(ref keys);

        CollectionAssert.AreEqual(TestMask.Parse("11011", "11111").Keys, keys.DenseValues().ToArray());
    }

    [TestMethod]
    public void Fit_MaskOfVariableLengthWithoutImages_SaysWhatToGive()
    {
        IDataView data = MaskRows.OfAnySize(_ml, Masks[0]);
        PostprocessMaskEstimator estimator = _ml.Transforms.PostprocessMask("Clean", "Mask", _options);

        foreach (Action action in new Action[] { () => estimator.Fit(data),
            () => estimator.GetOutputSchema(MaskRows.Shape(data.Schema)) })
        {
            string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(action).Message;
            StringAssert.Contains(message, "'Mask'");
            StringAssert.Contains(message, "imageColumnName");
        }
    }

    [TestMethod]
    public void Fit_ColumnsOfOtherTypes_SaysWhatIsExpected()
    {
        IDataView data = MaskRows.OfAnySize(_ml, Masks[0]);

        foreach ((string mask, string image, string expected) in new[] { ("Image", "Image", "expected a mask"),
            ("Mask", "Mask", "expected Image"), ("None", "Image", "'None'") })
        {
            PostprocessMaskEstimator estimator = _ml.Transforms.PostprocessMask("Clean", mask, _options, image);
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(data)).Message, expected);
            StringAssert.Contains(
                Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                    () => estimator.GetOutputSchema(MaskRows.Shape(data.Schema))).Message, expected);
        }
    }

    [TestMethod]
    public void GetOutputSchema_OfEitherKind_FitsTheData()
    {
        foreach (IDataView data in new[] { MaskRows.OfAnySize(_ml, Masks[0]), MaskRows.OfOneSize(_ml, Masks[0]) })
        {
            PostprocessMaskEstimator estimator = _ml.Transforms.PostprocessMask("Clean", "Mask", _options, "Image");

            SchemaShape.Column promised = estimator.GetOutputSchema(MaskRows.Shape(data.Schema))
                .Single(column => column.Name == "Clean");
            SchemaShape.Column found = MaskRows.Shape(estimator.Fit(data).GetOutputSchema(data.Schema))
                .Single(column => column.Name == "Clean");

            Assert.AreEqual((found.Kind, found.ItemType, found.IsKey), (promised.Kind, promised.ItemType, promised.IsKey));
            Assert.IsTrue(promised.Annotations.Any(annotation => annotation.Name == "KeyValues"));
        }
    }

    [TestMethod]
    public void Read_MaskOfAnotherSizeThanItsImage_SaysWhichRow()
    {
        IDataView data = MaskRows.OfAnySize(_ml, TestMask.Parse("12", "12"), TestMask.Parse("12", "12") with { Width = 3 });
        IDataView corrected = _ml.Transforms.PostprocessMask("Clean", "Mask", _options, "Image").Fit(data).Transform(data);

        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => corrected.GetColumn<uint[]>("Clean").ToArray()).Message;

        StringAssert.Contains(message, "Row 1");
        StringAssert.Contains(message, "4 keys in column 'Mask', expected 3 * 2");
    }

    [TestMethod]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Transforms.PostprocessMask("Clean", "Mask", new() { OpeningRadius = -1 }));
        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Transforms.PostprocessMask("Clean", "Mask", new() { Background = 3 }, "Image")
                .Fit(MaskRows.OfAnySize(_ml, Masks[0]))).Message;
        StringAssert.Contains(message, "class 3, expected 0 to 2 for the classes background, pit, scratch");
    }
}
