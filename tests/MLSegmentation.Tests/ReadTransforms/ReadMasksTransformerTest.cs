using FreshProcess;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class ReadMasksTransformerTest
{
    private static readonly string[] _classes = ["background", "person"];
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Mask_OfIndices_IsKeysWithClassNames()
    {
        IDataView read = Read([0, 1, 1, 0], new());

        CollectionAssert.AreEqual(new uint[] { 1, 2, 2, 1 }, read.GetColumn<uint[]>("Label").Single());
        VBuffer<ReadOnlyMemory<char>> names = default;
        read.Schema["Label"].GetKeyValues(ref names);
        CollectionAssert.AreEqual(_classes, names.DenseValues().Select(name => name.ToString()).ToArray());
    }

    [TestMethod]
    public void Mask_IgnoreLabel_IsKeyZero() =>
        CollectionAssert.AreEqual(
            new uint[] { 1, 0, 2, 0 }, Read([0, 255, 1, 255], new() { IgnoreLabel = 255 }).GetColumn<uint[]>("Label").Single());

    [TestMethod]
    public void Mask_SeveralLabelsOfOneClass_AreItsKey()
    {
        var options = new ReadMasksOptions { ClassOfLabel = [0, 1, 1], IgnoreLabel = 255 };

        CollectionAssert.AreEqual(new uint[] { 1, 2, 2, 0 }, Read([0, 1, 2, 255], options).GetColumn<uint[]>("Label").Single());
        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => Read([0, 1, 3, 0], options).GetColumn<uint[]>("Label").ToArray()).Message;
        StringAssert.Contains(message, "0 background, 1 person, 2 person");
    }

    [TestMethod]
    public void Mask_CountedFromOne_LeavesZeroOut()
    {
        var options = new ReadMasksOptions { FirstLabel = 1, IgnoreLabel = 255 };

        CollectionAssert.AreEqual(new uint[] { 0, 1, 2, 0 }, Read([0, 1, 2, 255], options).GetColumn<uint[]>("Label").Single());
        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => Read([0, 1, 3, 0], options).GetColumn<uint[]>("Label").ToArray()).Message;
        StringAssert.Contains(message, "expected 1 background, 2 person, or 255 to ignore");
    }

    [TestMethod]
    public void Mask_LabelOutsideTheClasses_NamesFileValueAndClasses()
    {
        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => Read([0, 1, 7, 0], new()).GetColumn<uint[]>("Label").ToArray()).Message;

        StringAssert.Contains(message, "mask.png");
        StringAssert.Contains(message, "label 7");
        StringAssert.Contains(message, "0 background, 1 person");
    }

    [TestMethod]
    public void Mask_OfColours_IsKeysByPalette()
    {
        using var folder = new TestFolder();
        string path = folder.FileNamed("colours.png");
        using (MLImage image = TestImages.Image(3, 1, [10, 20, 30, 0, 0, 0, 40, 50, 60])) image.Save(path);
        IDataView data = _ml.Data.LoadFromEnumerable([new InputRow { MaskPath = path }]);
        var options = new ReadMasksOptions { Palette = [new(40, 50, 60), new(10, 20, 30)], IgnoreColour = new(0, 0, 0) };

        uint[] keys = _ml.Transforms.ReadMasks("Label", null, _classes, "MaskPath", options)
            .Fit(data).Transform(data).GetColumn<uint[]>("Label").Single();

        CollectionAssert.AreEqual(new uint[] { 2, 0, 1 }, keys);
    }

    [TestMethod]
    public void ReadMasks_OptionsThatDoNotFit_AreRefused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.ReadMasks("Label", null, []));
        Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.ReadMasks("Label", null, ["a", "a"]));
        Assert.ThrowsExactly<ArgumentException>(
            () => _ml.Transforms.ReadMasks("Label", null, _classes, options: new() { Palette = [new(1, 1, 1)] }));
        Assert.ThrowsExactly<ArgumentException>(
            () => _ml.Transforms.ReadMasks("Label", null, _classes, options: new() { ClassOfLabel = [0, 2] }));
        Assert.ThrowsExactly<ArgumentException>(
            () => _ml.Transforms.ReadMasks("Label", null, _classes, options: new() { Palette = [new(1, 1, 1), new(1, 1, 1)] }));
        Assert.ThrowsExactly<ArgumentException>(
            () => _ml.Transforms.ReadMasks("Label", null, _classes, options: new() { IgnoreColour = new(1, 1, 1) }));
        Assert.ThrowsExactly<ArgumentException>(
            () => _ml.Transforms.ReadMasks("Label", null, _classes, options: new() { FirstLabel = 1, ClassOfLabel = [0, 1] }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Transforms.ReadMasks("Label", null, _classes, options: new() { FirstLabel = -1 }));
    }

    private IDataView Read(byte[] labels, ReadMasksOptions options)
    {
        _folder = new TestFolder();
        PngWriter.WriteIndexed(_folder.FileNamed("mask.png"), labels, 2, 2, Palette.Voc(256));
        IDataView data = _ml.Data.LoadFromEnumerable([new InputRow { MaskPath = "mask.png" }]);
        return _ml.Transforms.ReadMasks("Label", _folder.Path, _classes, "MaskPath", options).Fit(data).Transform(data);
    }

    private TestFolder? _folder;

    [TestCleanup]
    public void Delete() => _folder?.Dispose();
}
