using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation.Tests.Training;

/// <summary>Training in an application that forgot the native library of TorchSharp: this test project has none.</summary>
[TestClass]
public sealed class NoBackendTest
{
    [TestMethod]
    public void Fit_NoNativeLibrary_SaysWhichPackageToAdd()
    {
        var context = new MLContext(1);
        IDataView rows = context.Data.LoadFromEnumerable(Array.Empty<Row>());

        var segmentation = Assert.ThrowsExactly<InvalidOperationException>(() => context.Segmentation().Trainers().UNet().Fit(rows));
        var autoencoder = Assert.ThrowsExactly<InvalidOperationException>(() => context.Segmentation().Trainers().ConvolutionalAutoencoder().Fit(rows));

        StringAssert.Contains(segmentation.Message, "TorchSharp-cpu");
        StringAssert.Contains(autoencoder.Message, "TorchSharp-cpu");
    }

    private sealed class Row
    {
        [ImageType(8, 8)]
        public MLImage Image { get; set; } = null!;

        [KeyType(2)]
        public uint[] Label { get; set; } = [];
    }
}
