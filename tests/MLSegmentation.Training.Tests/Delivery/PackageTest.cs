using System.Text.Json;
using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class PackageTest
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <NuGetAudit>false</NuGetAudit>
            <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
            <SelfContained>false</SelfContained>
            <CreateHardLinksForCopyFilesToOutputDirectoryIfPossible>true</CreateHardLinksForCopyFilesToOutputDirectoryIfPossible>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="MLSegmentation.Training" Version="VERSION" />
            <PackageReference Include="TorchSharp-cpu" Version="0.107.0" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using Microsoft.ML;
        using Microsoft.ML.Data;
        using MLSegmentation;
        using MLSegmentation.Training;
        using TorchSharp;

        Console.WriteLine($"sum {torch.ones(2, 3).sum().item<float>()}");

        var mlContext = new MLContext(1);
        string surfaces = args[0];
        IDataView photos = mlContext.Data.LoadSegmentationFolder(
            Path.Combine(surfaces, "images"), Path.Combine(surfaces, "masks"), Path.Combine(surfaces, "split.csv"), "test");
        var reading = mlContext.Transforms.ReadImages("Image", null, "ImagePath")
            .Append(mlContext.Transforms.ReadMasks("Label", null, ["background", "scratch", "pit", "stain"], "MaskPath"));
        var trained = reading.Append(mlContext.Segmentation.Trainers.UNet(new SegmentationTrainerOptions
            { Epochs = 1, Sizing = ImageSizing.Native, ImageWidth = 32, ImageHeight = 32 })).Fit(photos);
        byte[] model = trained.LastTransformer.Model.ToArray();
        var segment = reading.Append(mlContext.Transforms.SegmentImage("Mask", "Image", model)).Fit(photos);
        Console.WriteLine($"mask {segment.Transform(photos).GetColumn<VBuffer<uint>>("Mask").First().Length}");
        """;

    private static ConsumerProjects _projects = null!;
    private static PackedPackages _packages = null!;

    [ClassInitialize]
    public static void Pack(TestContext context)
    {
        _projects = new ConsumerProjects();
        _packages = _projects.Packages;
    }

    [ClassCleanup]
    public static void Cleanup() => _projects.Dispose();

    [TestMethod]
    [DataRow("MLSegmentation")]
    [DataRow("MLSegmentation.Training")]
    public void Package_OfLibrary_HoldsDocumentationReadMeAndLicence(string package)
    {
        string[] files = _packages.Files(package);

        foreach (string expected in (string[])[$"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml",
            "README.md", "LICENSE"])
            Assert.Contains(expected, files);
        Assert.Contains($"lib/net10.0/{package}.pdb", _packages.SymbolFiles(package));
        Assert.Contains("""<repository type="git" url="https://""", _packages.Nuspec(package));
    }

    [TestMethod]
    public void Package_OfScoring_NeedsNoTorch()
    {
        string nuspec = _packages.Nuspec("MLSegmentation");

        Assert.Contains("Microsoft.ML.OnnxRuntime", nuspec);
        string dependencies = nuspec[nuspec.IndexOf("<dependencies>", StringComparison.Ordinal)..];
        Assert.DoesNotContain("torch", dependencies, StringComparison.OrdinalIgnoreCase);
    }

    [TestMethod]
    public void Package_OfTraining_NeedsScoringAndNoBackend()
    {
        string nuspec = _packages.Nuspec("MLSegmentation.Training");

        Assert.Contains($"""<dependency id="MLSegmentation" version="[{_packages.Version}]" """, nuspec);
        Assert.Contains("""<dependency id="TorchSharp" """, nuspec);
        // Nothing but the file itself: neither its library nor its build.
        Assert.Contains(
            """<dependency id="Microsoft.ML.DnnImageFeaturizer.ResNet18" version="0.23.1" include="ContentFiles" />""", nuspec);
        Assert.DoesNotContain("TorchSharp-", nuspec[nuspec.IndexOf("<dependencies>", StringComparison.Ordinal)..]);
        Assert.Contains("buildTransitive/MLSegmentation.Training.targets", _packages.Files("MLSegmentation.Training"));
    }

    [TestMethod]
    public void Package_InFreshProject_TrainsAndSegments()
    {
        string project = _projects.Create("consumer", Project);
        File.WriteAllText(Path.Combine(project, "Program.cs"), Program);
        _projects.Restore(project);
        DotnetCommand.RunOrFail(project, "build", "--no-restore", "-c", "Release", "-o", Path.Combine(project, "app"));

        string output = DotnetCommand.RunOrFail(
            project, "exec", Path.Combine(project, "app", "consumer.dll"),
            Path.Combine(SharedData.Repository, "data", "surfaces"));

        Assert.Contains("sum 6", output);
        // surface_060 is the first of the test part.
        Assert.Contains("mask 20480", output);
        foreach (string file in (string[])["ResNet18.onnx", "LICENSE"])
            Assert.IsTrue(File.Exists(Path.Combine(project, "app", "DnnImageModels", "ResNet18Onnx", file)), file);
    }

    [TestMethod]
    [DataRow("", "", 1)]
    [DataRow("<MLSegmentationPretrainedWeights>false</MLSegmentationPretrainedWeights>", "", 0)]
    [DataRow("<OutputType>Library</OutputType>", "", 0)]
    [DataRow("", """<PackageReference Include="Microsoft.ML.DnnImageFeaturizer.ResNet18" Version="0.23.1" />""", 1)]
    public void Package_OfTraining_PublishesTheWeightsOnceUnlessToldOtherwise(string property, string reference, int expected)
    {
        string project = _projects.Create($"weights{property.Length}x{reference.Length}", Project
            .Replace("<NuGetAudit>", $"{property}<NuGetAudit>", StringComparison.Ordinal)
            .Replace("<ItemGroup>", $"<ItemGroup>{reference}", StringComparison.Ordinal));
        _projects.Restore(project);

        string output = DotnetCommand.RunOrFail(
            project, "msbuild", "-t:ComputeResolvedFilesToPublishList", "-p:Configuration=Release",
            "-getItem:ResolvedFileToPublish");

        using var items = JsonDocument.Parse(output);
        string[] weights = [.. items.RootElement.GetProperty("Items").GetProperty("ResolvedFileToPublish").EnumerateArray()
            .Select(item => item.GetProperty("RelativePath").GetString()!.Replace('\\', '/'))
            .Where(path => path.EndsWith("ResNet18.onnx", StringComparison.Ordinal))];
        Assert.HasCount(expected, weights);
        if (expected == 1) Assert.AreEqual("DnnImageModels/ResNet18Onnx/ResNet18.onnx", weights[0]);
    }

    [TestMethod]
    [DataRow(true, "MLSEG002")]
    [DataRow(false, "NU1605")]
    public void Package_OfTrainingWithAnotherOfScoring_DoesNotBuild(bool isHigher, string error)
    {
        string other = isHigher ? $"{_packages.Version}.1" : "0.1.0-test.1";
        _packages.Republish("MLSegmentation", other);
        string reference = $"""<ItemGroup><PackageReference Include="MLSegmentation" Version="{other}" />""";
        string project = _projects.Create($"mixed{isHigher}", Project
            .Replace("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", "", StringComparison.Ordinal)
            .Replace("<ItemGroup>", reference, StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(project, "Program.cs"), "");

        var (exitCode, output) = _projects.TryRestore(project);
        if (exitCode == 0)
            (exitCode, output) = DotnetCommand.Run(project, "msbuild", "-t:ResolveReferences", "-p:Configuration=Release");

        Assert.AreNotEqual(0, exitCode, output);
        Assert.Contains($"error {error}", output);
        Assert.Contains(_packages.Version, output);
    }

    [TestMethod]
    [DataRow("""<UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>""", false)]
    [DataRow("", true)]
    [DataRow("<NoWarn>$(NoWarn);MLSEG001</NoWarn>", false)]
    public void Package_OutputOfAllPlatforms_IsWarnedOf(string property, bool isWarned)
    {
        string shown = Project
            .Replace("<UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>", property, StringComparison.Ordinal)
            .Replace("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", "", StringComparison.Ordinal);
        string project = _projects.Create($"platforms{property.Length}", shown);
        _projects.Restore(project);

        // All that decides about the warning, and none of the copying.
        string output = DotnetCommand.RunOrFail(
            project, "msbuild", "-t:ResolveReferences;WarnOfLibTorchForAllPlatforms", "-p:Configuration=Release");

        Assert.AreEqual(isWarned, output.Contains("warning MLSEG001", StringComparison.Ordinal), output);
        if (isWarned) Assert.Contains("UseCurrentRuntimeIdentifier", output);
    }
}
