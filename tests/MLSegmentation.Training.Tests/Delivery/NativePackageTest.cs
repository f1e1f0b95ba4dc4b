using System.Text.RegularExpressions;
using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

/// <summary>The project that docs/execution-providers.md shows, with another native library of ONNX Runtime.</summary>
[TestClass]
public sealed partial class NativePackageTest
{
    private const string Program = """
        using Microsoft.ML;
        using Microsoft.ML.OnnxRuntime;
        using Microsoft.ML.Runtime;
        using MLSegmentation;

        (string file, string image) = (args[0], args[1]);
        foreach (ExecutionProvider provider in (ExecutionProvider[])[ExecutionProvider.Cuda, ExecutionProvider.TensorRt])
        {
            try
            {
                using var model = SegmentationModel.Load(file, new() { ExecutionProvider = provider });
                Console.WriteLine($"works on {model.ExecutionProviderInUse}");
            }
            catch (InvalidOperationException error)
            {
                Console.WriteLine($"error: {error.Message}");
            }
        }
        using (var model = SegmentationModel.Load(file))
        {
            SegmentationResult mask = model.Segment(image);
            Console.WriteLine($"{model.ExecutionProviderInUse} gives {mask.Width}x{mask.Height}");
        }
        Console.WriteLine($"offers {string.Join(", ", OrtEnv.Instance().GetAvailableProviders())}");
        var mlContext = new MLContext();
        mlContext.Log += (_, line) =>
        {
            if (line.Kind == ChannelMessageKind.Warning) Console.WriteLine($"warning: {line.RawMessage}");
        };
        IDataView rows = mlContext.Data.LoadFromEnumerable([new Row(image)]);
        using (var model = Fit(new() { ExecutionProvider = ExecutionProvider.Auto }))
            Console.WriteLine($"auto is {model.ExecutionProviderInUse}");
        (mlContext.GpuDeviceId, mlContext.FallbackToCpu) = (0, true);
        using (var model = Fit(new())) Console.WriteLine($"fallback is {model.ExecutionProviderInUse}");

        SegmentImageTransformer Fit(SegmentImageOptions options) =>
            mlContext.Transforms.SegmentImage("Mask", "Path", file, options).Fit(rows);

        record Row(string Path);
        """;

    [TestMethod]
    public void Project_OfThePage_RunsOnTheCpuAndSaysWhatAGpuNeeds()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("The package that the page shows is for Linux.");
        using var projects = new ConsumerProjects();
        string page = File.ReadAllText(Path.Combine(SharedData.Repository, "docs", "execution-providers.md"));
        string shown = Xml().Match(page).Groups[1].Value;
        Download(projects, NativePackage().Match(shown).Value);
        string project = projects.Create("gpu", MLSegmentationVersion().Replace(shown, "$1VERSION"));
        File.WriteAllText(Path.Combine(project, "Program.cs"), Program);
        string[] options =
            ["-p:NuGetAudit=false", "-p:UseCurrentRuntimeIdentifier=true", "-p:SelfContained=false", "-warnaserror"];
        projects.Restore(project, options);
        DotnetCommand.RunOrFail(
            project,
            ["build", "--no-restore", "-c", "Release", "-o", Path.Combine(project, "app"),
            "-p:CreateHardLinksForCopyFilesToOutputDirectoryIfPossible=true", .. options]);

        string kept = Path.Combine(SharedData.Repository, "tests", "MLSegmentation.Tests", "Data", "Kept");
        string[] run =
        [
            "exec", Path.Combine(project, "app", "consumer.dll"), Path.Combine(kept, "segmentation.onnx"),
            Path.Combine(SharedData.Repository, "data", "surfaces", "images", "surface_060.jpg"),
        ];
        string said = DotnetCommand.RunOrFail(project, run);

        Assert.Contains("Cpu gives 160x128", said);
        Assert.Contains("offers TensorrtExecutionProvider, CUDAExecutionProvider, CPUExecutionProvider", said);
        if (said.Contains("works on", StringComparison.Ordinal)) Assert.Inconclusive($"This machine has a GPU: {said}");
        Assert.Contains("warning: The native library of ONNX Runtime offers CUDAExecutionProvider, which cannot be used: ", said);
        Assert.Contains("auto is Cpu", said);
        Assert.Contains("warning: The GPU 0 was asked for (GpuDeviceId) and cannot be used: ONNX Runtime says: ", said);
        Assert.Contains("fallback is Cpu", said);
        foreach (string provider in (string[])["Cuda", "TensorRt"])
        {
            Assert.Contains(
                $"error: The ExecutionProvider {provider} was asked for and cannot be used: ONNX Runtime says: Failed to load "
                + $"library libonnxruntime_providers_{provider.ToLowerInvariant()}.so", said);
        }
        Assert.Contains("driver", said);
        Assert.DoesNotContain("[E:onnxruntime", said, "Its own log is off, whatever is asked for first.");

        foreach (string library in Directory.GetFiles(project, "libonnxruntime.so", SearchOption.AllDirectories))
            File.Delete(library);
        var (failed, message) = DotnetCommand.Run(project, run);
        Assert.AreNotEqual(0, failed);
        Assert.Contains("The native library of ONNX Runtime cannot be loaded: Unable to load", message);
    }

    // Hundreds of megabytes: into the folder of all packages, so that the next run has them.
    private static void Download(ConsumerProjects projects, string reference)
    {
        string project = projects.Create(
            "download", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
              <ItemGroup>{reference}</ItemGroup>
            </Project>
            """);
        var (exitCode, output) = DotnetCommand.Run(project, "restore");
        if (exitCode != 0) Assert.Inconclusive($"The package is not to be had here: {output}");
    }

    [GeneratedRegex("""<PackageReference Include="Microsoft.ML.OnnxRuntime.Gpu[^>]*>""")]
    private static partial Regex NativePackage();

    [GeneratedRegex("^```xml\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Xml();

    [GeneratedRegex("""(Include="MLSegmentation" Version=")[^"]+""")]
    private static partial Regex MLSegmentationVersion();
}
