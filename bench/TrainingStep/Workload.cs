using MLSegmentation.Training;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

/// <summary>What a step is made of: a network of two classes, a batch of one size, and a loss.</summary>
internal sealed record Workload(
    Func<bool, int, LayerGraph> CreateGraph, int Batch, int Height, int Width, SegmentationLossOptions Loss)
{
    /// <summary>The tool's default network, with the tool's loss.</summary>
    private static readonly Workload _unetCompact = new(
        (isFrozen, _) => UNet.Create(new CompactEncoder { IsTrainable = !isFrozen }, 2), 8, 192, 256,
        new SegmentationLossOptions());

    /// <summary>FCN-8s over VGG16 as it is taught, with the loss of its peer in PyTorch, fcn8_step.py.</summary>
    private static readonly Workload _fcn8Vgg16 = new(
        (isFrozen, headWidth) => KerasFcn.Create(new Vgg16Encoder { IsTrainable = !isFrozen }, 2, headWidth: headWidth),
        4,
        224,
        224,
        new SegmentationLossOptions { Dice = 0 });

    /// <summary>The workload of a network; null for another name.</summary>
    public static Workload? Find(string network) => network switch
    {
        "unet-compact" => _unetCompact,
        "fcn8-vgg16" => _fcn8Vgg16,
        _ => null,
    };
}
