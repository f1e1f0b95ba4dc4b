namespace MLSegmentation.Training;

/// <summary>The official weight files that can be asked for by name, all trained on ImageNet-1k.</summary>
/// <remarks>
/// torchvision puts the first eight digits of the SHA-256 into its file names; Keras publishes an MD5. The full SHA-256 values
/// are as public projects record them for the files that passed the publisher's own check; docs/decisions.md names some. The
/// SHA-256 of a packaged file is that of the file in the package, which Microsoft has signed.
/// </remarks>
internal static class WeightCatalogue
{
    private const string Torchvision = "https://download.pytorch.org/models/";
    private const string Keras = "https://storage.googleapis.com/tensorflow/keras-applications/";

    /// <summary>
    /// The name of the weights that need no download where the package is: those of networks over <c>resnet20</c>.
    /// </summary>
    public const string ResNet18ImageNet = "resnet18-imagenet";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PublishedWeights> All { get; } =
    [
        new()
        {
            Name = ResNet18ImageNet,
            Encoder = "resnet20",
            Description = "Microsoft, of CNTK, in a NuGet package",
            FileName = "ResNet18.onnx",
            Package = new PackagedFile(
                "Microsoft.ML.DnnImageFeaturizer.ResNet18", "0.23.1", "tools/DnnImageModels/ResNet18Onnx/ResNet18.onnx",
                "DnnImageModels/ResNet18Onnx/ResNet18.onnx"),
            Size = 63_653_533,
            Sha256 = "e2552f19db2dfdb01b3669537b6a0f1b44da38d18279535492ed5dfc2ef1ff8f",
        },
        new()
        {
            Name = "vgg16",
            Encoder = "vgg16",
            Description = "Keras, the 13 convolutions",
            FileName = "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
            Url = new Uri($"{Keras}vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"),
            Size = 58_889_256,
            Sha256 = "bfe5187d0a272bed55ba430631598124cff8e880b98d38c9e56c8d66032abdc1",
        },
        new()
        {
            Name = "vgg16-torchvision",
            Encoder = "vgg16",
            Description = "torchvision, with the classifier",
            FileName = "vgg16-397923af.pth",
            Url = new Uri($"{Torchvision}vgg16-397923af.pth"),
            Size = 553_433_881,
            Sha256 = "397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0",
        },
        new()
        {
            Name = "resnet18",
            Encoder = "resnet18",
            Description = "torchvision, with the classifier",
            FileName = "resnet18-f37072fd.pth",
            Url = new Uri($"{Torchvision}resnet18-f37072fd.pth"),
            Size = 46_830_571,
            Sha256 = "f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec",
        },
        new()
        {
            Name = "resnet34",
            Encoder = "resnet34",
            Description = "torchvision, with the classifier",
            FileName = "resnet34-b627a593.pth",
            Url = new Uri($"{Torchvision}resnet34-b627a593.pth"),
            Size = 87_319_819,
            Sha256 = "b627a593bcbe140c234610266fe4f8ae95ea42fc881d091c9b6052e6b1d0590f",
        },
    ];

    /// <summary>The file of that name.</summary>
    /// <param name="name">Such as <c>vgg16</c>; upper and lower case differ.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static PublishedWeights Find(string name) =>
        All.FirstOrDefault(file => file.Name == name) ?? throw new ArgumentException(
            $"There is no weight file '{name}', expected one of: {string.Join(", ", All.Select(file => file.Name))}.",
            nameof(name));
}
