using System.Diagnostics;

namespace MLSegmentation.Tests;

/// <summary>Which files a model may keep its weights in.</summary>
[TestClass]
public sealed class WeightFolderTest
{
    private readonly TestFolder _folder = new();

    private string Folder => _folder.FileNamed("model");

    private string ModelFile => Path.Combine(Folder, "model.onnx");

    [TestInitialize]
    public void MakeFolders()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "sub", "deep"));
        File.WriteAllBytes(Path.Combine(Folder, "weights.bin"), new byte[5]);
        File.WriteAllBytes(Path.Combine(Folder, "sub", "deep", "weights.bin"), new byte[7]);
        File.WriteAllBytes(_folder.FileNamed("outside.bin"), new byte[9]);
    }

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    [DataRow("weights.bin", 5)]
    [DataRow("./weights.bin", 5)]
    [DataRow("sub/deep/weights.bin", 7)]
    [DataRow("sub//./deep/weights.bin", 7)]
    [DataRow(@"sub\deep\weights.bin", 7, DisplayName = "as saved on Windows")]
    public void FindFault_InTheFolderOrBelow_IsFound(string location, int length) =>
        Assert.AreEqual(length, Find(location).Length);

    [TestMethod]
    [DataRow("/etc/passwd", "absolute path")]
    [DataRow("//host/share/weights.bin", "absolute path")]
    [DataRow(@"\\host\share\weights.bin", "absolute path")]
    [DataRow(@"\weights.bin", "absolute path")]
    [DataRow(@"C:\weights.bin", "absolute path")]
    [DataRow("C:weights.bin", "absolute path")]
    [DataRow("../outside.bin", "'..'")]
    [DataRow("..", "'..'")]
    [DataRow("sub/../weights.bin", "'..'")]
    [DataRow(@"sub\..\..\outside.bin", "'..'")]
    [DataRow("weights\0.bin", "control character")]
    [DataRow("weights\n.bin", "control character")]
    [DataRow("weights\u001b[31m.bin", "control character")]
    [DataRow("", "without a name")]
    [DataRow(".", "without a name")]
    [DataRow("file:///etc/passwd", "file:/etc/passwd' is not there")]
    [DataRow("none.bin", "none.bin' is not there")]
    [DataRow("weights.bin/none", "none' is not there")]
    [DataRow("*/_ORT_MEM_ADDR_/*", "is not there")]
    [DataRow("sub", "sub' is a folder")]
    [DataRow("sub/", "sub' is a folder")]
    public void FindFault_AnyOther_IsRefused(string location, string why) => StringAssert.Contains(Refusal(location), why);

    [TestMethod]
    public void FindFault_NameTooLong_IsRefused()
    {
        StringAssert.Contains(Refusal(new string('a', 5000)), "too long");
        StringAssert.Contains(Refusal(new string('a', 4000)), "is not there");
        StringAssert.Contains(Refusal(string.Concat(Enumerable.Repeat("a/", 2000))), "is not there");
    }

    [TestMethod]
    public void FindFault_NamesOfWhichTheCaseDiffers_AreAsTheFileSystemHasThem()
    {
        bool isSame = File.Exists(Path.Combine(Folder, "WEIGHTS.bin"));

        Assert.AreEqual(isSame, new WeightFolder(ModelFile).FindFault("WEIGHTS.bin", out _) is null);
    }

    [TestMethod]
    public void FindFault_LinkWithinTheFolder_IsFollowed()
    {
        File.CreateSymbolicLink(Path.Combine(Folder, "link.bin"), "sub/deep/weights.bin");
        Directory.CreateSymbolicLink(Path.Combine(Folder, "sub", "up"), Folder);

        Assert.AreEqual(7, Find("link.bin").Length);
        Assert.AreEqual(5, Find("sub/up/weights.bin").Length);
    }

    [TestMethod]
    public void FindFault_LinkOutOfTheFolder_IsRefused()
    {
        File.CreateSymbolicLink(Path.Combine(Folder, "file.bin"), "../outside.bin");
        File.CreateSymbolicLink(Path.Combine(Folder, "sub", "chain.bin"), "../file.bin");
        Directory.CreateSymbolicLink(Path.Combine(Folder, "up"), _folder.Path);
        File.CreateSymbolicLink(Path.Combine(Folder, "device.bin"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(Folder, "none.bin"), "../none.bin");

        foreach (string location in new[] { "file.bin", "sub/chain.bin", "up/outside.bin", "device.bin", "none.bin" })
            StringAssert.Contains(Refusal(location), "outside of the model's folder", location);
        StringAssert.Contains(Refusal("file.bin"), _folder.FileNamed("outside.bin"));
    }

    [TestMethod]
    public void FindFault_FolderWhoseNameBeginsAsTheModels_IsOutside()
    {
        Directory.CreateDirectory($"{Folder}2");
        File.WriteAllBytes($"{Folder}2/weights.bin", new byte[3]);
        File.CreateSymbolicLink(Path.Combine(Folder, "link.bin"), "../model2/weights.bin");

        StringAssert.Contains(Refusal("link.bin"), "outside of the model's folder");
    }

    [TestMethod]
    public void FindFault_LinksInACircle_AreRefused()
    {
        File.CreateSymbolicLink(Path.Combine(Folder, "one"), "two");
        File.CreateSymbolicLink(Path.Combine(Folder, "two"), "one");

        StringAssert.Contains(Refusal("one"), "without end");
    }

    [TestMethod]
    public void FindFault_CacheOfHuggingFace_IsRefusedWithTheWayOut()
    {
        // Files are links from snapshots/HASH into blobs, under the hash of their content.
        Directory.CreateDirectory(_folder.FileNamed("blobs"));
        Directory.CreateDirectory(_folder.FileNamed("snapshots/1/onnx"));
        File.WriteAllBytes(_folder.FileNamed("blobs/b2"), new byte[4]);
        File.CreateSymbolicLink(_folder.FileNamed("snapshots/1/onnx/model.onnx_data"), "../../../blobs/b2");

        string? fault = new WeightFolder(_folder.FileNamed("snapshots/1/onnx/model.onnx")).FindFault("model.onnx_data", out _);

        StringAssert.Contains(fault, "Copy the model and this file into one folder");
        StringAssert.Contains(fault, "hf download --local-dir");
    }

    [TestMethod]
    public void FindFault_ModelGivenByALink_LooksBesideTheLink()
    {
        File.CreateSymbolicLink(_folder.FileNamed("current.onnx"), "model/model.onnx");
        Directory.CreateSymbolicLink(_folder.FileNamed("current"), "model");

        StringAssert.Contains(
            new WeightFolder(_folder.FileNamed("current.onnx")).FindFault("weights.bin", out _),
            "The model file is a link to 'model/model.onnx'");
        Assert.IsNull(new WeightFolder(_folder.FileNamed("current/model.onnx")).FindFault("weights.bin", out _));
    }

    [TestMethod]
    public void FindFault_Pipe_IsRefusedUnopened()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("Named pipes are made by mkfifo.");
        using (Process make = Process.Start("mkfifo", Path.Combine(Folder, "pipe"))) make.WaitForExit();

        StringAssert.Contains(Refusal("pipe"), "pipe' is a named pipe");
    }

    [TestMethod]
    public void Length_FilesFoundTwice_CountOnce()
    {
        File.CreateSymbolicLink(Path.Combine(Folder, "link.bin"), "weights.bin");
        var folder = new WeightFolder(ModelFile);
        foreach (string location in new[] { "weights.bin", "./weights.bin", "link.bin", "sub/deep/weights.bin", "weights.bin" })
            Assert.IsNull(folder.FindFault(location, out _));

        Assert.AreEqual(5 + 7, folder.Length);
    }

    private WeightFile Find(string location)
    {
        Assert.IsNull(new WeightFolder(ModelFile).FindFault(location, out WeightFile found));
        return found;
    }

    private string? Refusal(string location) => new WeightFolder(ModelFile).FindFault(location, out _);
}
