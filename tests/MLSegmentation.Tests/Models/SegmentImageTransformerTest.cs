using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class SegmentImageTransformerTest
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Mask_ImagesOfAnySize_IsTheBrightestChannel()
    {
        (int Width, int Height)[] sizes = [(8, 6), (1, 1), (7, 3)];
        IDataView data = Rows([.. sizes.Select((size, seed) => TestImages.Image(size.Width, size.Height, seed))]);
        using SegmentImageTransformer model = Fit(data);

        uint[][] masks = [.. Masks(model.Transform(data))];

        for (int i = 0; i < sizes.Length; i++)
            CollectionAssert.AreEqual(TestImages.BrightestKeys(TestImages.Pixels(sizes[i].Width, sizes[i].Height, i)), masks[i]);
    }

    [TestMethod]
    public void Schema_OfUnsizedImages_IsVariableVectorWithClassNames()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1));
        using SegmentImageTransformer model = Fit(data);

        DataViewSchema.Column mask = model.GetOutputSchema(data.Schema)["Mask"];

        var type = (VectorDataViewType)mask.Type;
        Assert.IsFalse(type.IsKnownSize);
        Assert.AreEqual(new KeyDataViewType(typeof(uint), 3), type.ItemType);
        VBuffer<ReadOnlyMemory<char>> names = default;
        mask.GetKeyValues(ref names);
        CollectionAssert.AreEqual(
            new[] { "reddish", "greenish", "bluish" }, names.DenseValues().Select(name => name.ToString()).ToArray());
    }

    [TestMethod]
    public void Schema_OfSizedImages_HasHeightAndWidth()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new TestImages.SizedRow { Image = TestImages.Image(8, 6, 1) }]);
        using SegmentImageTransformer model = Fit(
            data, new() { ConfidenceColumnName = "Confidence", OverlayColumnName = "Overlay" });

        DataViewSchema schema = model.Transform(data).Schema;

        CollectionAssert.AreEqual(new[] { 6, 8 }, ((VectorDataViewType)schema["Mask"].Type).Dimensions.ToArray());
        Assert.AreEqual(new VectorDataViewType(NumberDataViewType.Single, 6, 8), schema["Confidence"].Type);
        Assert.AreEqual(new ImageDataViewType(6, 8), schema["Overlay"].Type);
    }

    [TestMethod]
    public void Confidence_OfEachPixel_IsTheSoftmaxOfTheBrightest()
    {
        byte[] rgb = TestImages.Pixels(8, 6, 3);
        IDataView data = Rows(TestImages.Image(8, 6, rgb));
        using SegmentImageTransformer model = Fit(data, new() { ConfidenceColumnName = "Confidence" });

        float[] confidence = [.. model.Transform(data).GetColumn<VBuffer<float>>("Confidence").Single().DenseValues()];

        float[] expected = TestImages.BrightestProbabilities(rgb);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], confidence[i], 1e-5f);
    }

    [TestMethod]
    public void Threshold_UncertainPixels_GetKeyZero()
    {
        // Red 64 above the others: probability e^2 / (e^2 + 2) = 0.787; red 32 above: e / (e + 2) = 0.576.
        byte[] rgb = [164, 100, 100, 132, 100, 100];
        IDataView data = Rows(TestImages.Image(2, 1, rgb));
        using SegmentImageTransformer model = Fit(data, new() { Threshold = 0.6f });

        CollectionAssert.AreEqual(new uint[] { 1, 0 }, Masks(model.Transform(data)).Single());
    }

    [TestMethod]
    public void Overlay_OpacityOne_ShowsTheClassColours()
    {
        byte[] rgb = [.. Enumerable.Repeat(new byte[] { 200, 10, 10 }, 25).SelectMany(pixel => pixel)];
        IDataView data = Rows(TestImages.Image(5, 5, rgb));
        using SegmentImageTransformer model = Fit(data, new() { OverlayColumnName = "Overlay", OverlayOpacity = 1 });

        using MLImage overlay = model.Transform(data).GetColumn<MLImage>("Overlay").Single();

        Assert.AreEqual((5, 5), (overlay.Width, overlay.Height));
        CollectionAssert.AreEqual(new byte[] { 255, 0, 0, 255 }, overlay.Pixels.Slice(4 * 12, 4).ToArray());
    }

    [TestMethod]
    public void Mask_ModelWantsMultiples_IsPaddedAndCroppedBack()
    {
        byte[] rgb = TestImages.Pixels(7, 5, 4);
        IDataView data = Rows(TestImages.Image(7, 5, rgb));
        byte[] onnx = TestGraphs.BrightestChannel(metadata: TestGraphs.Described() with { SizeMultiple = 4 });
        using SegmentImageTransformer fast = Fit(data, model: onnx);
        using SegmentImageTransformer slow = Fit(data, new() { ConfidenceColumnName = "Confidence" }, onnx);

        uint[] expected = TestImages.BrightestKeys(rgb);
        CollectionAssert.AreEqual(expected, Masks(fast.Transform(data)).Single());
        var rows = _ml.Data.CreateEnumerable<TestImages.Prediction>(slow.Transform(data), false).Single();
        CollectionAssert.AreEqual(expected, rows.Mask);
        Assert.AreEqual(expected.Length, rows.Confidence.Length);
    }

    [TestMethod]
    public void Mask_Stretched_HasTheImagesSizeAndSmoothEdges()
    {
        // Left half red, right half blue: whatever the size in between, the edge is in the middle.
        byte[] rgb = [.. Enumerable.Range(0, 12 * 4).SelectMany(i => i % 12 < 6 ? new byte[] { 250, 0, 0 } : [0, 0, 250])];
        IDataView data = Rows(TestImages.Image(12, 4, rgb));
        using SegmentImageTransformer model = Fit(
            data, model: TestGraphs.BrightestChannel(8, 8, TestGraphs.Described() with { Sizing = ImageSizing.Stretch }));

        CollectionAssert.AreEqual(TestImages.BrightestKeys(rgb), Masks(model.Transform(data)).Single());
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Mask_ForeignGraph_AppliesSoftmaxWhereNeeded(bool isSoftmaxed)
    {
        byte[] rgb = TestImages.Pixels(8, 6, 5);
        IDataView data = Rows(TestImages.Image(8, 6, rgb));
        using SegmentImageTransformer model = Fit(
            data, new() { Preparation = ImagePreparation.AsIs, ConfidenceColumnName = "Confidence" },
            TestGraphs.Foreign(isSoftmaxed: isSoftmaxed));

        var row = _ml.Data.CreateEnumerable<TestImages.Prediction>(model.Transform(data), false).Single();

        CollectionAssert.AreEqual(TestImages.BrightestKeys(rgb), row.Mask);
        float[] expected = TestImages.BrightestProbabilities(rgb);
        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], row.Confidence[i], 1e-5f);
        CollectionAssert.AreEqual(new[] { "0", "1", "2" }, model.Options.ClassNames!.ToArray());
    }

    [TestMethod]
    public void Mask_ForeignGraphOfHalfSize_ComesInTheImagesSize()
    {
        byte[] rgb = [.. Enumerable.Range(0, 8 * 8).SelectMany(i => i % 8 < 4 ? new byte[] { 250, 0, 0 } : [0, 250, 0])];
        IDataView data = Rows(TestImages.Image(8, 8, rgb));
        using SegmentImageTransformer model = Fit(
            data, new() { Preparation = ImagePreparation.AsIs }, TestGraphs.Foreign(isHalved: true));

        CollectionAssert.AreEqual(TestImages.BrightestKeys(rgb), Masks(model.Transform(data)).Single());
    }

    [TestMethod]
    public void Transform_OfManyRows_RunsWhenMasksAreReadAndFewRowsAhead()
    {
        const int Rows = 40, Taken = 2, Ahead = Concurrency.ImagesAtOnce;
        IDataView data = this.Rows([.. Enumerable.Range(0, Rows).Select(seed => TestImages.Image(4, 4, seed))]);
        using SegmentImageTransformer model = Fit(
            data, new() { ConfidenceColumnName = "Confidence", OverlayColumnName = "Overlay" });

        IDataView scored = model.Transform(data);
        string[] names = [.. scored.GetColumn<string>("Name")];

        Assert.HasCount(Rows, names);
        Assert.AreEqual(0, model.Runs);
        _ = Masks(scored).Take(Taken).Count();
        Assert.IsInRange(Taken, Taken + Ahead, model.Runs);
    }

    [TestMethod]
    public void Getters_OfOneRow_ShareOneRun()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1), TestImages.Image(5, 5, 2));
        using SegmentImageTransformer model = Fit(
            data, new() { ConfidenceColumnName = "Confidence", OverlayColumnName = "Overlay" });

        DataDebuggerPreview preview = model.Transform(data).Preview();

        Assert.HasCount(2, preview.RowView);
        Assert.AreEqual(2, model.Runs);
    }

    [TestMethod]
    public void Getter_InactiveColumn_IsInvalidOperation()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1));
        using SegmentImageTransformer model = Fit(data, new() { ConfidenceColumnName = "Confidence" });
        IDataView scored = model.Transform(data);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Mask"]]);

        Assert.IsTrue(cursor.IsColumnActive(scored.Schema["Mask"]));
        Assert.IsFalse(cursor.IsColumnActive(scored.Schema["Confidence"]));
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(
                () => cursor.GetGetter<VBuffer<float>>(scored.Schema["Confidence"])).Message, "Confidence");
    }

    [TestMethod]
    public void Getter_OfAnotherType_IsInvalidOperation()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1));
        using SegmentImageTransformer model = Fit(data);
        IDataView scored = model.Transform(data);
        using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);

        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => cursor.GetGetter<float>(scored.Schema["Mask"])).Message;
        StringAssert.Contains(message, "Mask");
        StringAssert.Contains(message, "Single");
    }

    [TestMethod]
    public void Mask_NullImage_NamesRowAndColumn()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1), null);
        using SegmentImageTransformer model = Fit(data);

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Masks(model.Transform(data)).ToArray()).Message;

        StringAssert.Contains(message, "Row 1");
        StringAssert.Contains(message, "'Image'");
    }

    [TestMethod]
    public void Mask_ImageOfAnotherSizeThanPromised_NamesBoth()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new TestImages.SizedRow { Image = TestImages.Image(4, 4, 1) }]);
        using SegmentImageTransformer model = Fit(data);

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Masks(model.Transform(data)).ToArray()).Message;

        StringAssert.Contains(message, "4×4");
        StringAssert.Contains(message, "8×6");
    }

    [TestMethod]
    public void Transform_MissingColumn_NamesIt()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1));
        using SegmentImageTransformer model = Fit(data);

        IDataView other = _ml.Data.LoadFromEnumerable([new { Text = "a" }]);

        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(other)).Message, "'Image'");
    }

    [TestMethod]
    public void Mask_ThroughPredictionEngine_TakesImagesInMemory()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1));
        using PredictionEngine<TestImages.Row, TestImages.Prediction> engine =
            _ml.Model.CreatePredictionEngine<TestImages.Row, TestImages.Prediction>(
                Fit(data, new() { ConfidenceColumnName = "Confidence" }));

        for (int seed = 1; seed < 4; seed++)
        {
            MLImage image = TestImages.Image(4 + seed, 4, seed);
            TestImages.Prediction prediction = engine.Predict(new TestImages.Row { Image = image });

            CollectionAssert.AreEqual(TestImages.BrightestKeys(TestImages.Pixels(4 + seed, 4, seed)), prediction.Mask);
            Assert.AreEqual(4, image.Height, "The caller's image must not be disposed of.");
        }
    }

    [TestMethod]
    public void Mask_FromCursorsSideBySide_IsRight()
    {
        IDataView data = Rows([.. Enumerable.Range(0, 40).Select(seed => TestImages.Image(6, 5, seed))]);
        using SegmentImageTransformer model = Fit(data);
        IDataView scored = model.Transform(data);
        DataViewRowCursor[] cursors = [.. Enumerable.Range(0, 4).Select(_ => scored.GetRowCursor(scored.Schema))];
        int rows = 0;

        Parallel.ForEach(cursors, cursor =>
        {
            using (cursor)
            {
                ValueGetter<VBuffer<uint>> getMask = cursor.GetGetter<VBuffer<uint>>(scored.Schema["Mask"]);
                ValueGetter<ReadOnlyMemory<char>> getName = cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema["Name"]);
                VBuffer<uint> mask = default;
                ReadOnlyMemory<char> name = default;
                while (cursor.MoveNext())
                {
                    getMask(ref mask);
                    getName(ref name);
                    CollectionAssert.AreEqual(
                        TestImages.BrightestKeys(TestImages.Pixels(6, 5, int.Parse(name.Span, provider: null))),
                        mask.DenseValues().ToArray());
                    Interlocked.Increment(ref rows);
                }
            }
        });

        Assert.AreEqual(160, rows);
        Assert.AreEqual(160, model.Runs);
    }

    [TestMethod]
    public void Dispose_ThenRead_IsObjectDisposed()
    {
        IDataView data = Rows(TestImages.Image(4, 4, 1));
        SegmentImageTransformer model = Fit(data);
        IDataView scored = model.Transform(data);

        model.Dispose();
        model.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => Masks(scored).ToArray());
    }

    private static IEnumerable<uint[]> Masks(IDataView scored) => scored.GetColumn<uint[]>("Mask");

    private IDataView Rows(params MLImage?[] images) =>
        _ml.Data.LoadFromEnumerable(
            images.Select((image, index) => new TestImages.Row { Name = $"{index}", Image = image }).ToList());

    private SegmentImageTransformer Fit(IDataView data, SegmentImageOptions? options = null, byte[]? model = null) =>
        _ml.Transforms.SegmentImage("Mask", "Image", model ?? TestGraphs.BrightestChannel(), options).Fit(data);
}
