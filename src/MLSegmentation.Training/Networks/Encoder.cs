using System.Globalization;
using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training.Networks;

/// <summary>
/// The downsampling path of a segmentation network: what turns an image into feature maps of falling resolution. It describes
/// and holds no weights: every <see cref="Apply"/> makes new layers. <c>encoder with { IsTrainable = false }</c> is the same,
/// frozen.
/// </summary>
public abstract record Encoder
{
    /// <summary>The stages of every encoder: what leads to the maps at strides 2, 4, 8, 16 and 32.</summary>
    internal const int Stages = 5;

    /// <summary>The stages that are frozen where nobody said, and a training starts from the default weights.</summary>
    internal const int UsualFrozenStages = 2;

    private const int FullStride = 32, DilatedStride = 16;
    private readonly int? _frozenStages;

    /// <summary>The encoder's name within a network's, such as <c>compact</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// How many stages are frozen, counted from the image: they get no gradient, and their batch normalisation takes its moving
    /// statistics in training too. 1 is what leads to the map at stride 2, 2 that and what leads to stride 4, 5 the whole
    /// encoder. The first stages are the most general and take the most time, which their backward pass no longer does. Range 0
    /// to 5. Default null: 2 where a segmentation starts from the <see cref="DefaultWeights"/>, else 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0 or above 5.</exception>
    public int? FrozenStages
    {
        get => _frozenStages;
        init => _frozenStages = value is null or (>= 0 and <= Stages)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"An encoder has {Stages} stages; give the number of frozen ones, 0 to {Stages}.");
    }

    /// <summary>
    /// False freezes every layer of the encoder. It stands for <see cref="FrozenStages"/>: false for 5 of them, true for 0 to 4;
    /// setting true sets their default. Default true.
    /// </summary>
    public bool IsTrainable
    {
        get => FrozenStages is not Stages;
        init => FrozenStages = value ? null : Stages;
    }

    /// <summary>
    /// How many times the image's height and width are those of the last map: 32 or 16. For 16 the last stage is dilated instead
    /// of strided (Chen et al. 2018, section 3.1). It has the same weights then, and four times the work. The ResNets can do
    /// that. For <see cref="DeepLabV3Plus"/>; the other networks take 32. Default 32.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is neither 16 nor 32.</exception>
    public int OutputStride
    {
        get;
        init => field = value is FullStride or DilatedStride
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"Give an output stride of {DilatedStride} or {FullStride}.");
    } = FullStride;

    /// <summary>
    /// The name of the weights that a training of the encoder starts from unless it is told otherwise, such as
    /// <c>resnet18-imagenet</c>; null where that is at random. Default null.
    /// </summary>
    public virtual string? DefaultWeights => null;

    /// <summary>What the encoder's weights expect an image to be. Default <see cref="ImagePreprocessing.Centred"/>.</summary>
    public ImagePreprocessing Preprocessing { get; init; } = ImagePreprocessing.Centred;

    /// <summary>Applies the encoder to an image of 0 to 255, its preprocessing included.</summary>
    /// <returns>The feature maps at strides 2, 4, 8, 16 and <see cref="OutputStride"/>, in this order.</returns>
    /// <exception cref="NotSupportedException">The encoder cannot dilate its last stage, and is asked for that.</exception>
    public IReadOnlyList<SymbolicTensor> Apply(SymbolicTensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var features = ApplyStages(Preprocessing.Apply(image));
        if (new LayerGraph(Name, [image], features).SizeMultiple > OutputStride)
        {
            throw new NotSupportedException(
                $"Encoder '{Name}' has an output stride of {FullStride} only, and {OutputStride} was asked for. Take a "
                + $"ResNet, or leave {nameof(OutputStride)} out.");
        }
        for (int i = 0; i < features.Count; i++)
        {
            foreach (Layer layer in LayersBetween(image, features[i]).Where(layer => layer.EncoderStage == 0))
            {
                layer.EncoderStage = i + 1;
                if (layer.EncoderStage <= FrozenStages) layer.IsTrainable = false;
            }
        }
        return features;
    }

    /// <summary>
    /// Such as <c>compact, RGB less 127.5 by 64</c>, <c>vgg16, frozen, BGR less 103.939/116.779/123.68 by 1/1/1</c>, or
    /// <c>resnet18, 2 stages frozen, …</c>.
    /// </summary>
    internal string Describe()
    {
        static string Join(IEnumerable<float> numbers) =>
            string.Join('/', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        string channels = Preprocessing.IsBgr ? "BGR" : "RGB";
        string frozen = FrozenStages switch
        {
            null or 0 => "",
            Stages => ", frozen",
            int stages => $", {Plural.Of(stages, "stage")} frozen",
        };
        string stride = OutputStride == FullStride ? "" : $", output stride {OutputStride}";
        return $"{Name}{stride}{frozen}, {channels} less {Join(Preprocessing.Mean)} by {Join(Preprocessing.Deviation)}";
    }

    /// <summary>Applies the encoder to a preprocessed image.</summary>
    /// <returns>The feature maps at strides 2, 4, 8, 16 and <see cref="OutputStride"/>, in this order.</returns>
    protected abstract IReadOnlyList<SymbolicTensor> ApplyStages(SymbolicTensor image);

    private IEnumerable<Layer> LayersBetween(SymbolicTensor image, SymbolicTensor feature) =>
        new LayerGraph(Name, [image], [feature]).Nodes.Where(node => node != image).Select(node => node.Layer);
}
