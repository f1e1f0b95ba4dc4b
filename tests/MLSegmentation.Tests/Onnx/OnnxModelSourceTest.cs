using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class OnnxModelSourceTest
{
    private readonly MLContext _ml = new();
    private readonly byte[] _model = TestGraphs.BrightestChannel();
    private readonly TestFolder _folder = new();

    private IDataView Data => _ml.Data.LoadFromEnumerable([new TestImages.Row { Name = "a", Image = TestImages.Image(8, 6, 1) }]);

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
        }
    }

    [TestMethod]
    public void Info_OnceRead_NeedsTheFileNoMore()
    {
        var source = OnnxModelSource.OfFile(ModelFile);
        OnnxModelInfo info = source.Info;
        File.Delete(ModelFile);

        Assert.AreSame(info, source.Info);
        Assert.ThrowsExactly<FileNotFoundException>(source.Read);
    }

    [TestMethod]
    public void Read_FileWrittenAnewAsItWas_IsTheModel()
    {
        var source = OnnxModelSource.OfFile(ModelFile);
        source.Read();
        File.WriteAllBytes(ModelFile, _model);
        File.SetLastWriteTimeUtc(ModelFile, DateTime.UtcNow.AddHours(1));

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
        File.WriteAllBytes(ModelFile, new byte[_model.Length + longer]);

        string message = Assert.ThrowsExactly<InvalidDataException>(source.Read).Message;

        StringAssert.Contains(message, ModelFile);
        StringAssert.Contains(message, "another content");
        StringAssert.Contains(message, "as bytes");
    }

    [TestMethod]
    public void Read_InAnotherCurrentFolder_IsTheSameFile()
    {
        string before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = _folder.Path;
            var source = OnnxModelSource.OfFile("model.onnx");
            Environment.CurrentDirectory = before;

            CollectionAssert.AreEqual(_model, source.Read());
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [TestMethod]
    public void OfFile_NoSuchFile_NamesIt() =>
        StringAssert.Contains(
            Assert.ThrowsExactly<FileNotFoundException>(() => OnnxModelSource.OfFile("none.onnx")).Message, "none.onnx");

    [TestMethod]
    public void Read_Pipe_IsReadOnce()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("Named pipes are made by mkfifo.");
        string path = _folder.FileNamed("pipe");
        using (Process make = Process.Start("mkfifo", path)) make.WaitForExit();
        Task writing = Task.Run(() =>
        {
            using FileStream pipe = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            pipe.Write(_model);
        });
        var source = OnnxModelSource.OfFile(path);
        writing.Wait();

        CollectionAssert.AreEqual(_model, source.Read());
        CollectionAssert.AreEqual(_model, source.Read());
    }

    [TestMethod]
    public void Fit_ModelFile_IsFreeForOthers()
    {
        using var fitted = Fit();

        File.Copy(ModelFile, _folder.FileNamed("copy.onnx"));
        File.Copy(_folder.FileNamed("copy.onnx"), ModelFile, overwrite: true);
        using (FileStream file = new(ModelFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.AreEqual(_model.Length, file.Length);
    }

    [TestMethod]
    public void Save_ModelFileOverwritten_IsRefusedWhileWhatWasFittedGoesOn()
    {
        using var fitted = Fit();
        uint[] masks = Masks(fitted);
        File.WriteAllBytes(ModelFile, TestGraphs.HalfMask());

        Assert.ThrowsExactly<InvalidDataException>(() => fitted.Model);
        Assert.ThrowsExactly<InvalidDataException>(() => _ml.Model.Save(fitted, Data.Schema, new MemoryStream()));
        CollectionAssert.AreEqual(masks, Masks(fitted));
    }

    [TestMethod]
    public void Save_ModelFileGone_NamesIt()
    {
        using var fitted = Fit();
        File.Delete(ModelFile);

        var error = Assert.ThrowsExactly<FileNotFoundException>(() => _ml.Model.Save(fitted, Data.Schema, new MemoryStream()));

        StringAssert.Contains(error.Message, ModelFile);
        Assert.IsNotEmpty(Masks(fitted));
    }

    private SegmentImageTransformer Fit() => _ml.Transforms.SegmentImage("Mask", "Image", ModelFile).Fit(Data);

    private uint[] Masks(SegmentImageTransformer model) =>
        [.. model.Transform(Data).GetColumn<VBuffer<uint>>("Mask").SelectMany(mask => mask.DenseValues())];
}
