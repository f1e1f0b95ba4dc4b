using System.IO.Compression;
using MLSegmentation.Tests;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ReadMeTest
{
    private const string Project = """
        <Project Sdk="SDK">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="LIBRARIES/MLSegmentation*.dll;LIBRARIES/Microsoft.ML*.dll" Exclude="LIBRARIES/*.Tests.dll" Private="false" />
          </ItemGroup>
        </Project>
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("mlseg-readme-").FullName;

    public TestContext TestContext { get; set; } = null!;

    [TestCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void ReadMe_FirstLines_ShowCode()
    {
        string[] lines = File.ReadAllLines(Path.Combine(SharedData.Repository, "README.md"));

        Assert.Contains("```csharp", lines.Take(25));
        Assert.Contains("```", lines.Take(25));
    }

    [TestMethod]
    public void ReadMe_FirstLines_NameTheBackendInTheVersionOfTorchSharp()
    {
        string[] lines = File.ReadAllLines(Path.Combine(SharedData.Repository, "README.md"));
        string version = typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(fieldCount: 3);

        Assert.Contains($"dotnet add package TorchSharp-cpu --version {version}", lines.Take(10));
    }

    [TestMethod]
    public void ReadMe_AllCode_CompilesAndRuns()
    {
        string program = ReadMeCode.Program(File.ReadAllText(Path.Combine(SharedData.Repository, "README.md")));
        string app = Compile(program, "Microsoft.NET.Sdk"), work = Directory.CreateDirectory(Path.Combine(_folder, "work")).FullName;
        CopyPhotos(Path.Combine(work, "photos"), train: 4, test: 2);
        WriteDigits(Path.Combine(Directory.CreateDirectory(Path.Combine(work, "digits")).FullName, "train-images-idx3-ubyte.gz"), count: 64);

        string output = DotnetCommand.RunOrFail(work, "exec", app);

        foreach (string expected in (string[])["mean IoU", "surface_060: ", "pixels are damaged", "100 % loss ", "mean squared error 0."])
            Assert.Contains(expected, output);
        foreach (string file in (string[])["model.zip", "model.onnx", "stock.zip", "surface_060.png", "surface_061.png"])
            Assert.IsTrue(File.Exists(Path.Combine(work, file)), $"{file} was not written: {output}");
    }

    [TestMethod]
    public async Task ReadMe_WebEndpoint_AnswersTheMaskOfAnImage()
    {
        string program = ReadMeCode.WebProgram(File.ReadAllText(Path.Combine(SharedData.Repository, "README.md")));
        string app = Compile(program, "Microsoft.NET.Sdk.Web"), work = Directory.CreateDirectory(Path.Combine(_folder, "work")).FullName;
        File.WriteAllBytes(Path.Combine(work, "model.onnx"), Untrained());
        string image = Path.Combine(SharedData.Repository, "data", "surfaces", "images", "surface_060.jpg");

        byte[] answer;
        using (var service = WebService.Start(app, work))
        using (var client = new HttpClient { BaseAddress = await service.AddressAsync(TestContext.CancellationToken) })
        using (HttpResponseMessage response = await client.PostAsync("segment", new ByteArrayContent(File.ReadAllBytes(image)), TestContext.CancellationToken))
        {
            Assert.AreEqual("image/png", response.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType);
            answer = await response.Content.ReadAsByteArrayAsync(TestContext.CancellationToken);
        }

        using var model = SegmentationModel.Load(Path.Combine(work, "model.onnx"));
        SegmentationResult mask = model.Segment(image);
        CollectionAssert.AreEqual(MaskPng.Encode(mask.Mask.Span, mask.Width, mask.Height, model.Palette), answer);
    }

    /// <summary>A model whose weights are random.</summary>
    private static byte[] Untrained()
    {
        string[] classes = ["background", "scratch"];
        using var network = new TorchNetwork(UNet.Create(new CompactEncoder(), classes.Length));
        return SegmentationExporter.Export(network, new ImageModelMetadata { ClassNames = classes, Palette = Palette.Voc(2), Sizing = ImageSizing.Native });
    }

    /// <summary>Compiles against the libraries beside this test and puts the program where their copies are links.</summary>
    private string Compile(string program, string sdk)
    {
        string source = Directory.CreateDirectory(Path.Combine(_folder, "source")).FullName, app = Path.Combine(_folder, "app");
        File.WriteAllText(Path.Combine(source, "Program.cs"), program);
        File.WriteAllText(Path.Combine(source, "shown.csproj"), Project
            .Replace("LIBRARIES", AppContext.BaseDirectory.TrimEnd('/', '\\'), StringComparison.Ordinal)
            .Replace("SDK", sdk, StringComparison.Ordinal));
        DotnetCommand.RunOrFail(source, "build", "-c", "Release", "-o", app);

        // The test's own list of dependencies is the program's too.
        string tests = Path.Combine(AppContext.BaseDirectory, typeof(ReadMeTest).Assembly.GetName().Name!);
        File.Copy($"{tests}.deps.json", Path.Combine(app, "shown.deps.json"), overwrite: true);
        foreach (string library in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => Path.GetExtension(file) is ".dll" or ".so" or ".dylib" || file.Contains(".so.", StringComparison.Ordinal)))
            File.CreateSymbolicLink(Path.Combine(app, Path.GetFileName(library)), library);
        return Path.Combine(app, "shown.dll");
    }

    private static void CopyPhotos(string folder, int train, int test)
    {
        string surfaces = Path.Combine(SharedData.Repository, "data", "surfaces");
        string[] rows = File.ReadAllLines(Path.Combine(surfaces, "split.csv"));
        string[] chosen = [.. rows.Where(row => row.EndsWith(",train", StringComparison.Ordinal)).Take(train),
            .. rows.Where(row => row.EndsWith(",test", StringComparison.Ordinal)).Take(test)];
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        Directory.CreateDirectory(Path.Combine(folder, "masks"));
        foreach (string name in chosen.Select(row => row.Split(',')[0]))
        {
            File.Copy(Path.Combine(surfaces, "images", $"{name}.jpg"), Path.Combine(folder, "images", $"{name}.jpg"));
            File.Copy(Path.Combine(surfaces, "masks", $"{name}.png"), Path.Combine(folder, "masks", $"{name}.png"));
        }
        File.WriteAllLines(Path.Combine(folder, "split.csv"), [rows[0], .. chosen]);
    }

    /// <summary>Bars at growing places, in the format of MNIST's files.</summary>
    private static void WriteDigits(string path, byte count)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        gzip.Write([0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28]);
        var pixels = new byte[28 * 28];
        for (int digit = 0; digit < count; digit++)
        {
            for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i % 28 / 4 == digit % 7 ? 255 : 0);
            gzip.Write(pixels);
        }
    }
}
