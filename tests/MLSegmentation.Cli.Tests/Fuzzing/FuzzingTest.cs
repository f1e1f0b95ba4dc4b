using System.Diagnostics;
using System.Reflection;

namespace MLSegmentation.Cli.Tests;

/// <summary>
/// Reads the fuzzer's seeds and its first cases. The fuzzer has them read by a process of their own, which it watches.
/// </summary>
[TestClass]
public sealed class FuzzingTest
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(3);

    [TestMethod]
    [DataRow("png", 2000)]
    [DataRow("jpeg", 2000)]
    [DataRow("gif", 2000)]
    [DataRow("bmp", 2000)]
    [DataRow("webp", 2000)]
    [DataRow("tiff", 2000)]
    [DataRow("mask", 2000)]
    [DataRow("idx", 2000)]
    [DataRow("torch-zip", 2000)]
    [DataRow("torch-legacy", 2000)]
    [DataRow("safetensors", 2000)]
    [DataRow("hdf5", 2000)]
    [DataRow("onnx-weights", 2000)]
    [DataRow("checkpoint", 1000)]
    [DataRow("onnx", 1000)]
    [DataRow("onnx-adopt", 200)]
    [DataRow("onnx-outside", 2000)]
    [DataRow("zip", 300)]
    [DataRow("split", 2000)]
    [DataRow("classes", 2000)]
    [DataRow("matrix", 2000)]
    [DataRow("hugging-face", 2000)]
    [DataRow("ultralytics", 2000)]
    public void Run_SeedsAndFirstCases_FindsNothing(string target, int cases)
    {
        string program = typeof(FuzzingTest).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "Fuzzing").Value!;
        using Process process = Process.Start(
            new ProcessStartInfo("dotnet", [program, "run", target, $"{cases}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_longest)) process.Kill(entireProcessTree: true);

        StringAssert.Contains(output.Result, $"{target}: {cases} cases, ", error.Result);
        StringAssert.Contains(output.Result, ", 0 findings, ");
        Assert.AreEqual(0, process.ExitCode);
    }
}
