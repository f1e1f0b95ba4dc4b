using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

/// <summary>What a step is made of: a network, a batch of one size, and a loss.</summary>
internal sealed record Workload(SegmentationNetwork Network, int Batch, int Height, int Width, SegmentationLossOptions Loss)
{
    /// <summary>
    /// The workload of a network. That of fcn8-vgg16 is as it is taught, with the loss of its peer in PyTorch, fcn8_step.py.
    /// </summary>
    public static Workload Of(string name)
    {
        SegmentationNetwork network = SegmentationNetworks.Find(name);
        return name switch
        {
            "unet-compact" => new(network, 8, 192, 256, new SegmentationLossOptions()),
            "fcn8-vgg16" => new(network with { HeadWidth = 4096 }, 4, 224, 224, new SegmentationLossOptions { Dice = 0 }),
            _ => new(network, 4, 224, 224, new SegmentationLossOptions()),
        };
    }
}
