using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Tests;

/// <summary>Training in an application that forgot the native library of TorchSharp: this test project has none.</summary>
[TestClass]
public sealed class NoBackendTest
{
    [TestMethod]
    public void Fit_NoNativeLibrary_SaysWhichPackageToAdd()
    {
        var context = new MLContext(1);
        IDataView rows = context.Data.LoadFromEnumerable(Array.Empty<Row>());

        var segmentation = Assert.ThrowsExactly<InvalidOperationException>(() => context.Segmentation.Trainers.UNet().Fit(rows));
        var autoencoder = Assert.ThrowsExactly<InvalidOperationException>(
            () => context.Segmentation.Trainers.ConvolutionalAutoencoder().Fit(rows));

        StringAssert.Contains(segmentation.Message, "TorchSharp-cpu");
        StringAssert.Contains(autoencoder.Message, "TorchSharp-cpu");
    }

    [TestMethod]
    public void Fit_NoNativeLibrary_IsOneParagraphAndLeavesNoFolder()
    {
        // TorchSharp's own search writes its trace to standard output and copies libtorch, where another project has restored it,
        // to here.
        string copied = Path.Combine(AppContext.BaseDirectory, "cpu");
        if (Directory.Exists(copied)) Directory.Delete(copied, recursive: true);
        var context = new MLContext(1);
        IDataView rows = context.Data.LoadFromEnumerable(Array.Empty<Row>());
        using var output = new StringWriter();
        TextWriter console = Console.Out;
        Console.SetOut(output);
        InvalidOperationException error;
        try
        {
            error = Assert.ThrowsExactly<InvalidOperationException>(() => context.Segmentation.Trainers.UNet().Fit(rows));
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.AreEqual("", output.ToString());
        Assert.DoesNotContain("\n", error.Message);
        Assert.Contains("dotnet add package TorchSharp-cpu --version 0.107.0", error.Message);
        Assert.IsNull(error.InnerException, $"The exception drags along: {error.InnerException}");
        Assert.IsFalse(Directory.Exists(copied), "libtorch was copied beside the tests.");
    }

    [TestMethod]
    public void TorchNetwork_NoNativeLibrary_SaysTheSame()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(
            () => new TorchNetwork(UNet.Create(new CompactEncoder(), classes: 2)));

        Assert.Contains("TorchSharp-cpu", error.Message);
    }

    [TestMethod]
    [DataRow("/home/user/.nuget/packages/torchsharp/0.107.0/lib/net8.0/TorchSharp.dll", true)]
    [DataRow("/home/user/torchsharp/lib/app/bin/Debug/net10.0/TorchSharp.dll", false)]
    [DataRow("", false)]
    public void IsInPackageCache_PlaceOfTheLibrary_TellsNotebooksFromApplications(string library, bool isInCache) =>
        Assert.AreEqual(isInCache, TorchBackend.IsInPackageCache(library));

    private sealed class Row
    {
        [ImageType(8, 8)]
        public MLImage Image { get; set; } = null!;

        [KeyType(2)]
        public uint[] Label { get; set; } = [];
    }
}
