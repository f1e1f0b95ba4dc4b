using System.Diagnostics;
using System.Reflection;

namespace MLSegmentation.Cli.Tests;

/// <summary>
/// Training with another libtorch than the one that comes along: the tool as it is built, and a copy of its libtorch.
/// </summary>
[TestClass]
public sealed class LibTorchTest
{
    private static readonly string _tool = typeof(LibTorchTest).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Tool").Value!;

    private readonly TestFolder _folder = new TestFolder().WithSamples(2);

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow(true, null)]
    [DataRow(true, "nowhere")]
    [DataRow(false, null)]
    public void Train_FolderOfAnotherLibrary_ComputesWithItAndSaysSo(bool isOption, string? variable)
    {
        string own = Path.Combine(_tool, "libtorch"), other = _folder["torch", "lib"];
        if (!File.Exists(Path.Combine(own, "libtorch_cpu.so"))) Assert.Inconclusive($"The tool is not built in '{_tool}'.");
        Directory.CreateDirectory(other);
        foreach (string name in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"])
            File.Copy(Path.Combine(own, name), Path.Combine(other, name));
        foreach (string file in Directory.GetFiles(own, "libgomp*")) File.Copy(file, Path.Combine(other, Path.GetFileName(file)));

        MlsegResult result = Train(isOption ? ["--libtorch", _folder["torch"]] : [], isOption ? variable : other);

        result.RequireDone();
        Assert.Contains($"Training on the CPU with libtorch 2.10.0 of '{other}'", result.Output);
    }

    [TestMethod]
    public void Train_LibraryBesideTheTool_IsNotLoadedTwice()
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "libtorch_cpu.so"))) Assert.Inconclusive("There is none.");
        string other = Path.GetDirectoryName(_folder.Write("libtorch_cpu.so", ""))!;

        Mlseg.Run([.. Arguments(), "--libtorch", other]).RequireError(1, "TorchSharp loads", "libtorch_cpu.so' in any case");
    }

    private MlsegResult Train(string[] more, string? variable)
    {
        var start = new ProcessStartInfo(Path.Combine(_tool, "mlseg"), [.. Arguments(), .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MLSEG_LIBTORCH"] = variable;
        using Process process = Process.Start(start)!;
        return Mlseg.WaitFor(process);
    }

    private string[] Arguments() =>
        ["train", "segmentation", "--images", _folder.Images, "--masks", _folder.Masks, "--out", _folder["model.onnx"], "--size",
            "64x64", "--epochs", "1", "--batch", "2", "--network", "unet-compact", "--device", "cpu"];
}
