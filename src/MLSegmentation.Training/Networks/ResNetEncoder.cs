using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// ResNet-18 or ResNet-34 without its classifier (He et al. 2016, table 1), as torchvision has it and with its layer names
/// (<c>layer1.0.conv1</c>). A weight's name in a file is the layer's name and Torch's name of the weight. With 20 layers it is a
/// ResNet-18 whose last stage has a third block, as the weights <c>resnet18-imagenet</c> have it. 3×H×W becomes 64×H/2×W/2,
/// before the max-pooling, 64×H/4×W/4 … 512×H/32×W/32. It trains 11,176,512, 15,897,152 or 21,284,672 parameters.
/// </summary>
public sealed record ResNetEncoder : Encoder
{
    private const double TorchEpsilon = 1e-5, TorchMomentum = 0.9;
    private static readonly long[] _channels = [64, 128, 256, 512];
    private static readonly Dictionary<int, int[]> _blocks =
        new() { [18] = [2, 2, 2, 2], [20] = [2, 2, 2, 3], [34] = [3, 4, 6, 3] };

    /// <summary>Makes the encoder.</summary>
    /// <param name="depth">Its layers with weights, the classifier counted: 18, the default, 20 or 34.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another depth.</exception>
    public ResNetEncoder(int depth = 18)
    {
        if (!_blocks.ContainsKey(depth))
        {
            throw new ArgumentOutOfRangeException(
                nameof(depth), depth, "There are residual encoders of 18, 20 and 34 layers; give one of these.");
        }
        Depth = depth;
    }

    /// <summary>Its layers with weights, the classifier counted.</summary>
    public int Depth { get; }

    /// <inheritdoc/>
    public override string Name => $"resnet{Depth}";

    /// <inheritdoc/>
    public override string? DefaultWeights => Depth == 20 ? "resnet18-imagenet" : null;

    /// <inheritdoc/>
    protected override IReadOnlyList<SymbolicTensor> ApplyStages(SymbolicTensor image)
    {
        int[] blocks = _blocks[Depth];
        SymbolicTensor x = new Relu { Name = "relu" }.Apply(Convolution(image, "conv1", "bn1", 64, 7, stride: 2));
        var features = new List<SymbolicTensor> { x };
        x = new MaxPool2D(3) { Name = "maxpool", Stride = 2, Padding = PaddingKind.Symmetric }.Apply(x);
        for (int stage = 0; stage < _channels.Length; stage++)
        {
            for (int block = 0; block < blocks[stage]; block++)
            {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                // Without its stride, the last stage's values lie twice as far apart for all that follows.
                bool isDilated = OutputStride == 16 && stage == _channels.Length - 1;
                var (first, dilation) = isDilated ? (block == 0 ? 1 : 2, 2) : (1, 1);
                x = BasicBlock(x, $"layer{stage + 1}.{block}", _channels[stage], isDilated ? 1 : stride, first, dilation);
            }
            features.Add(x);
        }
        return features;
    }

    private static SymbolicTensor BasicBlock(
        SymbolicTensor x, string name, long channels, long stride, long firstDilation, long dilation)
    {
        SymbolicTensor y = Convolution(x, $"{name}.conv1", $"{name}.bn1", channels, 3, stride, firstDilation);
        y = new Relu { Name = $"{name}.relu1" }.Apply(y);
        y = Convolution(y, $"{name}.conv2", $"{name}.bn2", channels, 3, stride: 1, dilation);
        SymbolicTensor shortcut = stride == 1 && x.Shape.Channels == channels
            ? x
            : Convolution(x, $"{name}.downsample.0", $"{name}.downsample.1", channels, 1, stride);
        return new Relu { Name = $"{name}.relu2" }.Apply(new Add { Name = $"{name}.add" }.Apply(y, shortcut));
    }

    private static SymbolicTensor Convolution(
        SymbolicTensor x, string name, string normalizationName, long channels, long kernelSize, long stride, long dilation = 1)
    {
        x = new Conv2D(channels, kernelSize)
        {
            Name = name,
            Stride = stride,
            Dilation = dilation,
            Padding = PaddingKind.Symmetric,
            UseBias = false,
            KernelInitializer = Initializer.HeNormal(x.Shape.Channels * kernelSize * kernelSize),
        }.Apply(x);
        return new BatchNormalization { Name = normalizationName, Epsilon = TorchEpsilon, Momentum = TorchMomentum }.Apply(x);
    }
}
