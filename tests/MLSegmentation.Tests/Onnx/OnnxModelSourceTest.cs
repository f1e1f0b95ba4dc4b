using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Onnx;
using MLSegmentation.Tests.Transforms;
using MLSegmentation.Transforms;

namespace MLSegmentation.Tests.Onnx;

[TestClass]
public sealed class OnnxModelSourceTest
{
    private readonly byte[] _model = TestGraphs.BrightestChannel();
    private readonly TestFolder _folder = new();

    private string ModelFile => _folder.FileNamed("model.onnx");

    [TestInitialize]
    public void Write() => File.WriteAllBytes(ModelFile, _model);

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void ReadCopy_EachSource_IsTheCallersOwn()
    {
        foreach (OnnxModelSource source in new[] { OnnxModelSource.Of(_model), OnnxModelSource.OfFile(ModelFile) })
        {
            source.ReadCopy().AsSpan().Clear();

            CollectionAssert.AreEqual(_model, source.Read());
            Assert.AreEqual(_model.Length, source.Length);
        }
    }

    [TestMethod]
    public void Read_FileReplacedOrDeleted_StaysTheModel()
    {
        var source = OnnxModelSource.OfFile(ModelFile);
        string other = _folder.FileNamed("other.onnx");
        File.WriteAllBytes(other, TestGraphs.HalfMask());

        File.Move(other, ModelFile, overwrite: true);
        CollectionAssert.AreEqual(_model, source.Read());

        File.Delete(ModelFile);
        CollectionAssert.AreEqual(_model, source.Read());
    }

    [TestMethod]
    [DataRow(-1, DisplayName = "shorter")]
    [DataRow(0, DisplayName = "as long")]
    [DataRow(1, DisplayName = "longer")]
    public void Read_FileOverwritten_NamesItAndTheWayOut(int longer)
    {
        var source = OnnxModelSource.OfFile(ModelFile);
        source.Read();
        Overwrite(_model.Length + longer);

        string message = Assert.ThrowsExactly<InvalidDataException>(source.Read).Message;

        StringAssert.Contains(message, ModelFile);
        StringAssert.Contains(message, "overwritten");
        StringAssert.Contains(message, "rename");
    }

    [TestMethod]
    public void OfFile_NoSuchFile_NamesIt() =>
        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => OnnxModelSource.OfFile("none.onnx")).Message, "none.onnx");

    [TestMethod]
    public void Save_ModelFileGone_ZipHasTheModel()
    {
        var context = new MLContext();
        IDataView data = Data(context);
        using var fitted = context.Transforms.SegmentImage("Mask", "Image", ModelFile).Fit(data);
        File.Delete(ModelFile);
        using var zip = new MemoryStream();

        context.Model.Save(fitted, data.Schema, zip);

        using var loaded = (SegmentImageTransformer)context.Model.Load(zip, out _);
        CollectionAssert.AreEqual(_model, loaded.Model.ToArray());
        CollectionAssert.AreEqual(Masks(fitted, data), Masks(loaded, data));
    }

    [TestMethod]
    public void Fit_ModelFileOverwritten_IsRefusedWhileWhatWasFittedGoesOn()
    {
        var context = new MLContext();
        IDataView data = Data(context);
        var estimator = context.Transforms.SegmentImage("Mask", "Image", ModelFile);
        using var fitted = estimator.Fit(data);
        uint[] masks = Masks(fitted, data);
        Overwrite(_model.Length);

        Assert.ThrowsExactly<InvalidDataException>(() => estimator.Fit(data));
        Assert.ThrowsExactly<InvalidDataException>(() => fitted.Model);
        CollectionAssert.AreEqual(masks, Masks(fitted, data));
    }

    // A file system may keep times in steps of milliseconds.
    private void Overwrite(int length)
    {
        using FileStream file = new(ModelFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(length);
        file.Write(new byte[length]);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UtcNow.AddSeconds(1));
    }

    private static uint[] Masks(ITransformer model, IDataView data) =>
        [.. model.Transform(data).GetColumn<VBuffer<uint>>("Mask").SelectMany(mask => mask.DenseValues())];

    private static IDataView Data(MLContext context) =>
        context.Data.LoadFromEnumerable([new TestImages.Row { Name = "a", Image = TestImages.Image(8, 6, 1) }]);
}
