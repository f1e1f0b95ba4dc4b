using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.ML;

namespace MLSegmentation.Tests;

/// <summary>Zips that are damaged, of another kind, or claim more than they hold.</summary>
[TestClass]
public sealed class DamagedZipTest
{
    private static readonly byte[] _model = TestGraphs.BrightestChannel();
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Load_Truncated_IsAnError()
    {
        byte[] zip = Save();
        for (int i = 0; i < 20; i++) Assert.Throws<FormatException>(() => Load(zip[..(zip.Length * i / 20)]));
    }

    [TestMethod]
    public void Load_BitFlipped_IsAnErrorOrTheSameModel()
    {
        byte[] zip = Save();
        var random = new Random(41);
        for (int i = 0; i < 200; i++)
        {
            byte[] flipped = ImageCorpus.WithFlippedBit(zip, random);
            byte[]? model = null;
            try
            {
                model = Load(flipped);
            }
            catch (Exception error)
                when (error is not (OutOfMemoryException or NullReferenceException or IndexOutOfRangeException))
            {
                // ML.NET reads names and versions of its own first: what it throws is not this project's to choose.
                Assert.AreNotEqual("", error.Message);
            }
            if (model is not null) CollectionAssert.AreEqual(_model, model);
        }
    }

    [TestMethod]
    public void Load_AnotherKindOfFile_IsAnError()
    {
        Assert.Throws<FormatException>(() => Load([]));
        Assert.Throws<FormatException>(() => Load("no zip"u8.ToArray()));
        Assert.Throws<FormatException>(() => Load(_model));
        Assert.Throws<InvalidOperationException>(() => Load(Change([], zip => zip.CreateEntry("word/document.xml"))));
    }

    [TestMethod]
    public void Load_WeightsChangedInTheZip_AreFound()
    {
        byte[] changed = [.. _model];
        changed[changed.AsSpan().IndexOf(BitConverter.GetBytes(TestGraphs.Sharpness)) + 2] ^= 1;

        string message = Inner(() => Load(Change(Save(), zip => Replace(zip, "Model.onnx", changed)))).Message;

        StringAssert.Contains(message, "SHA-256");
    }

    [TestMethod]
    public void Load_ZipWithoutChecksum_IsTakenAsOfAnOlderVersion()
    {
        byte[] older = Change(Save(), zip => zip.Entries.Single(entry => entry.Name == "Model.sha256").Delete());

        CollectionAssert.AreEqual(_model, Load(older));
    }

    [TestMethod]
    [DataRow(10u)]
    [DataRow(100_000_000u)]
    [DataRow(0xFFFFFFF0u)]
    public void Load_EntryClaimsAnotherSize_IsAnErrorOrTheSameModel(uint size)
    {
        byte[] zip = Save();
        SetSize(zip, [0x50, 0x4B, 1, 2], nameLength: 28, nameStart: 46, sizeStart: 24, size);
        SetSize(zip, [0x50, 0x4B, 3, 4], nameLength: 26, nameStart: 30, sizeStart: 22, size);
        long before = GC.GetAllocatedBytesForCurrentThread();

        if (size == 10) StringAssert.Contains(Inner(() => Load(zip)).Message, "The model in the zip");
        else CollectionAssert.AreEqual(_model, Load(zip));
        Assert.IsLessThan(10_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void ReadToEnd_MoreThanAModelCanHave_IsAnErrorWithoutMemory()
    {
        string path = Path.GetTempFileName();
        try
        {
            // Nothing is written: the file system keeps only the length.
            using var stream = new FileStream(path, FileMode.Open);
            stream.SetLength(3_000_000_000);

            StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(() => ModelZip.ReadToEnd(stream)).Message, "2 GB");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private byte[] Save()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new TestImages.Row { Image = TestImages.Image(8, 6, 1) }]);
        using SegmentImageTransformer model = _ml.Transforms.SegmentImage("Mask", "Image", _model).Fit(data);
        using var zip = new MemoryStream();
        _ml.Model.Save(model, data.Schema, zip);
        return zip.ToArray();
    }

    private byte[] Load(byte[] zip)
    {
        using var model = (SegmentImageTransformer)_ml.Model.Load(new MemoryStream(zip), out _);
        return model.Model.ToArray();
    }

    private static byte[] Change(byte[] zip, Action<ZipArchive> change)
    {
        var stream = new MemoryStream();
        stream.Write(zip);
        using (var archive = new ZipArchive(
            stream, zip.Length == 0 ? ZipArchiveMode.Create : ZipArchiveMode.Update, leaveOpen: true))
            change(archive);
        return stream.ToArray();
    }

    private static void Replace(ZipArchive zip, string name, byte[] content)
    {
        ZipArchiveEntry entry = zip.Entries.Single(item => item.Name == name);
        string fullName = entry.FullName;
        entry.Delete();
        using Stream stream = zip.CreateEntry(fullName).Open();
        stream.Write(content);
    }

    /// <summary>
    /// Writes an uncompressed size into the header of the model's entry (PKWARE APPNOTE, sections 4.3.7 and 4.3.12).
    /// </summary>
    private static void SetSize(byte[] zip, byte[] signature, int nameLength, int nameStart, int sizeStart, uint size)
    {
        for (int at = zip.AsSpan().IndexOf(signature); at >= 0;)
        {
            string name = Encoding.UTF8.GetString(zip, at + nameStart, zip[at + nameLength]);
            if (name.EndsWith("Model.onnx", StringComparison.Ordinal))
                BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(at + sizeStart), size);
            int next = zip.AsSpan(at + 1).IndexOf(signature);
            at = next < 0 ? next : at + 1 + next;
        }
    }

    /// <summary>ML.NET calls loaders by reflection, which wraps what they throw.</summary>
    private static InvalidDataException Inner(Action action)
    {
        Exception? error = Assert.Throws<Exception>(action);
        while (error is not (null or InvalidDataException)) error = error.InnerException;
        return (InvalidDataException)(error ?? throw new AssertFailedException("No InvalidDataException inside."));
    }
}
