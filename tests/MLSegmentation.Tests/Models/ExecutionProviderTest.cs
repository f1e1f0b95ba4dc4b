using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;

namespace MLSegmentation.Tests;

/// <summary>What the three transforms that run a model on images run it on.</summary>
[TestClass]
public sealed class ExecutionProviderTest
{
    private readonly MLContext _ml = new(1);
    private readonly TestFolder _folder = new();
    private readonly List<string> _warnings = [];

    private static IEnumerable<object[]> Kinds => ImageModels.Kinds.Select(kind => new object[] { kind });

    private string Zip => _folder.FileNamed("model.zip");

    private IDataView Data => _ml.Data.LoadFromEnumerable([new PathRow { Path = _folder.ImageFile(0) }]);

    [TestInitialize]
    public void Listen() => _ml.Log += (_, message) =>
    {
        if (message.Kind == ChannelMessageKind.Warning) _warnings.Add(message.RawMessage);
    };

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Fit_NothingSaid_RunsOnTheCpu(string kind)
    {
        using var model = (IDisposable)Fit(kind);

        Assert.AreEqual(ExecutionProvider.Cpu, ImageModels.ProviderOf((RowTransformer)model));
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Fit_NamedProviderThatIsNotThere_IsAnErrorWithFallbackToo(string kind)
    {
        if (ProviderTable.Of(ExecutionProvider.Cuda).IsOffered) Assert.Inconclusive("This ONNX Runtime has CUDA.");
        _ml.FallbackToCpu = true;

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => Fit(kind, ExecutionProvider.Cuda, 1)).Message;

        StringAssert.Contains(message, "ExecutionProvider Cuda");
        StringAssert.Contains(message, "CPUExecutionProvider");
        StringAssert.Contains(message, "Microsoft.ML.OnnxRuntime.Gpu.Linux");
        StringAssert.Contains(message, "Microsoft.ML.OnnxRuntime, which is then referenced with ExcludeAssets=\"all\"");
    }

    [TestMethod]
    [DataRow(ExecutionProvider.Cpu)]
    [DataRow(ExecutionProvider.CoreMl)]
    [DataRow(null)]
    public void Fit_DeviceNumberWithoutDevices_IsRefused(ExecutionProvider? provider)
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => Fit("segment", provider, 1)).Message;

        StringAssert.Contains(message, "DeviceId is 1");
        StringAssert.Contains(message, $"ExecutionProvider is {provider?.ToString() ?? "null"}");
    }

    [TestMethod]
    public void Fit_DeviceNumberWithAuto_IsForWhateverIsTaken()
    {
        if (ProviderTable.All.Any(facts => facts.HasDevices && facts.IsOffered))
            Assert.Inconclusive("This ONNX Runtime has providers with devices.");

        Fit("segment", ExecutionProvider.Auto, 1);
    }

    [TestMethod]
    public void Fit_ValuesOutOfRange_AreRefused()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit("segment", (ExecutionProvider)99));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Fit("segment", ExecutionProvider.Cuda, -1));
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Save_WithProvider_KeepsNothingOfIt(string kind)
    {
        using (var model = (IDisposable)Fit(kind, ExecutionProvider.Cpu)) _ml.Model.Save((RowTransformer)model, Data.Schema, Zip);

        using (ZipArchive zip = ZipFile.OpenRead(Zip))
        {
            foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.Ordinal)))
            {
                using var reader = new StreamReader(entry.Open());
                string json = reader.ReadToEnd();
                Assert.DoesNotContain("ExecutionProvider", json);
                Assert.DoesNotContain("DeviceId", json);
            }
        }

        // The context that loads decides: this one asks for a GPU, and says that the CPU took over.
        (_ml.GpuDeviceId, _ml.FallbackToCpu) = (1000, true);
        using var loaded = (IDisposable)_ml.Model.Load(Zip, out _);
        Assert.AreEqual(ExecutionProvider.Cpu, ImageModels.ProviderOf((RowTransformer)loaded));
        StringAssert.Contains(_warnings.Single(), "GPU 1000");
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Fit_SessionOptionsOfTheContext_ComeBeforeAllElse(string kind)
    {
        int calls = 0;
        Hook(() => calls++);
        _ml.GpuDeviceId = 0;

        using var model = (IDisposable)Fit(kind, ExecutionProvider.Cuda);

        Assert.AreEqual(1, calls);
        Assert.IsNull(ImageModels.ProviderOf((RowTransformer)model));
        Assert.IsTrue(File.Exists(_folder.FileNamed("optimized.onnx")), "The options that it made were to be used.");
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Load_SessionOptionsOfTheContextThatLoads_AreUsed(string kind)
    {
        using (var model = (IDisposable)Fit(kind))
            _ml.Model.Save(new TransformerChain<ITransformer>((RowTransformer)model), Data.Schema, Zip);
        int calls = 0;
        Hook(() => calls++);

        using var loaded = (IDisposable)_ml.Model.Load(Zip, out _);

        Assert.AreEqual(1, calls);
        Assert.IsTrue(File.Exists(_folder.FileNamed("optimized.onnx")));
    }

    [TestMethod]
    public void Load_WithoutContext_RunsOnWhatTheOptionsSay()
    {
        byte[] model = TestGraphs.BrightestChannel();

        using (var plain = SegmentationModel.Load(model)) Assert.AreEqual(ExecutionProvider.Cpu, plain.ExecutionProviderInUse);
        using var auto = SegmentationModel.Load(model, new() { ExecutionProvider = ExecutionProvider.Auto });
        if (!ProviderTable.All.Any(facts => facts.IsAutomatic && facts.IsOffered))
            Assert.AreEqual(ExecutionProvider.Cpu, auto.ExecutionProviderInUse);
        Assert.AreNotEqual(ExecutionProvider.Auto, auto.ExecutionProviderInUse);
    }

    private RowTransformer Fit(string kind, ExecutionProvider? provider = null, int? device = null) =>
        ImageModels.Fit(_ml, kind, Data, "Path", provider: provider, device: device);

    /// <summary>Gives the context session options, with which a session writes what it made of the graph.</summary>
    private void Hook(Action called) => _ml.SetOnnxSessionOption(new OnnxSessionOptions
    {
        CreateSessionOptions = () =>
        {
            called();
            return new SessionOptions { OptimizedModelFilePath = _folder.FileNamed("optimized.onnx") };
        },
    });

    private sealed class PathRow
    {
        public string Path { get; set; } = "";
    }
}
