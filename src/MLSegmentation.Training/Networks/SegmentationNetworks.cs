namespace MLSegmentation.Training.Networks;

/// <summary>The segmentation networks that can be asked for by name.</summary>
public static class SegmentationNetworks
{
    private const string DefaultName = "unet-light-resnet20";
    private const int ScratchHeadWidth = 256, PracticalHeadWidth = 512;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SegmentationNetwork> All { get; } =
    [
        new(
            "unet-compact",
            "U-Net over a compact encoder, trains from scratch",
            new CompactEncoder(),
            (network, classes) => UNet.Create(network.Encoder, classes)),
        new(
            "unet-compact23",
            "U-Net over a deeper compact encoder, for a longer training from scratch",
            new CompactEncoder(23),
            (network, classes) => UNet.Create(network.Encoder, classes)),
        new(
            "fcn8-bn-compact",
            "FCN-8s with batch normalisation over the same encoder, trains from scratch",
            new CompactEncoder(),
            (network, classes) => FullyConvolutionalNetwork.Create(network.Encoder, classes, headWidth: network.HeadWidth))
        {
            HeadWidth = ScratchHeadWidth,
        },
        FeaturePyramid(new CompactEncoder(), "the same encoder, trains from scratch"),
        .. Over(new Vgg16Encoder(), "VGG16"),
        .. OverResNet(18, "ResNet-18"),
        .. OverResNet(20, "ResNet-18 with a third block in the last stage"),
        new(
            DefaultName,
            "U-Net with a light way up over ResNet-18 with a third block in the last stage",
            new ResNetEncoder(20),
            (network, classes) => LightUNet.Create(network.Encoder, classes)),
        .. OverResNet(34, "ResNet-34"),
    ];

    /// <summary>
    /// The network that is trained unless another is asked for, by the tool and by <c>Trainers.SegmentationNetwork()</c>. Its
    /// encoder is the default of <c>SegmentationTrainerOptions.Encoder</c>.
    /// </summary>
    public static SegmentationNetwork Default { get; } = Find(DefaultName);

    /// <summary>The network of that name.</summary>
    /// <param name="name">Such as <c>unet-compact</c>; upper and lower case differ.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static SegmentationNetwork Find(string name) =>
        All.FirstOrDefault(network => network.Name == name) ?? throw new ArgumentException(
            $"There is no network '{name}', expected one of: {string.Join(", ", All.Select(network => network.Name))}.",
            nameof(name));

    /// <summary>Only the ResNets dilate their last stage.</summary>
    private static IEnumerable<SegmentationNetwork> OverResNet(int depth, string title)
    {
        var encoder = new ResNetEncoder(depth);
        return
        [
            .. Over(encoder, title),
            new(
                $"deeplabv3plus-{encoder.Name}",
                $"DeepLabV3+ over {title}",
                encoder with { OutputStride = 16 },
                (network, classes) => DeepLabV3Plus.Create(network.Encoder, classes, width: network.HeadWidth))
            {
                HeadWidth = DeepLabV3Plus.DefaultWidth,
            },
        ];
    }

    private static IEnumerable<SegmentationNetwork> Over(Encoder encoder, string title)
    {
        int[] strides = [8, 16, 32];
        yield return new(
            $"unet-{encoder.Name}", $"U-Net over {title}", encoder, (network, classes) => UNet.Create(network.Encoder, classes));
        yield return FeaturePyramid(encoder, title);
        foreach (int stride in strides)
        {
            yield return new(
                $"fcn{stride}-{encoder.Name}",
                $"Keras FCN-{stride}s over {title}",
                encoder,
                (network, classes) => KerasFcn.Create(network.Encoder, classes, stride, network.HeadWidth))
            {
                HeadWidth = PracticalHeadWidth,
            };
        }
        foreach (int stride in strides)
        {
            yield return new(
                $"fcn{stride}-paper-{encoder.Name}",
                $"the paper's FCN-{stride}s over {title}",
                encoder,
                (network, classes) => PaperFcn.Create(
                    network.Encoder, classes, stride, network.HeadWidth, network.LearnsUpsampling ?? true))
            {
                HeadWidth = PracticalHeadWidth,
                LearnsUpsampling = true,
            };
        }
    }

    private static SegmentationNetwork FeaturePyramid(Encoder encoder, string title) => new(
        $"fpn-{encoder.Name}",
        $"feature pyramid network over {title}",
        encoder,
        (network, classes) => FeaturePyramidNetwork.Create(network.Encoder, classes, width: network.HeadWidth))
    {
        HeadWidth = FeaturePyramidNetwork.DefaultWidth,
    };
}
