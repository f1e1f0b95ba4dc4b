using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

/// <summary>A network of as many layers as a U-Net over ResNet-18, whose convolutions cost next to nothing.</summary>
internal static class SlimNetwork
{
    private const int Channels = 8, ResidualBlocks = 8, JoinedBlocks = 4, OtherBlocks = 5;

    /// <summary>The network, whose encoder is never looked at.</summary>
    public static SegmentationNetwork Of(SegmentationNetwork any) =>
        any with { Name = "slim", CreateGraph = (_, classes) => Create(classes) };

    private static LayerGraph Create(int classes)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, Shape.Any, Shape.Any)), x = Block(image);
        for (int i = 0; i < ResidualBlocks; i++) x = new Relu().Apply(new Add().Apply(Linear(Block(x)), x));
        for (int i = 0; i < OtherBlocks; i++) x = Block(x);
        for (int i = 0; i < JoinedBlocks; i++) x = Block(new Concatenate().Apply(x, x));
        return new LayerGraph("slim", [image], [new Conv2D(classes, 1).Apply(x)]);
    }

    private static SymbolicTensor Block(SymbolicTensor x) => new Relu().Apply(Linear(x));

    private static SymbolicTensor Linear(SymbolicTensor x) =>
        new BatchNormalization().Apply(new Conv2D(Channels, 3) { UseBias = false }.Apply(x));
}
