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
    /// <summary>The encoder's name within a network's, such as <c>compact</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// False freezes every layer of the encoder: no gradient, and batch normalisation by its moving statistics in training too.
    /// Default true.
    /// </summary>
    public bool IsTrainable { get; init; } = true;

    /// <summary>What the encoder's weights expect an image to be. Default <see cref="ImagePreprocessing.Centred"/>.</summary>
    public ImagePreprocessing Preprocessing { get; init; } = ImagePreprocessing.Centred;

    /// <summary>Applies the encoder to an image of 0 to 255, its preprocessing included.</summary>
    /// <returns>The feature maps at strides 2, 4, 8, 16 and 32, in this order.</returns>
    public IReadOnlyList<SymbolicTensor> Apply(SymbolicTensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var features = ApplyStages(Preprocessing.Apply(image));
        for (int i = 0; i < features.Count; i++)
        {
            foreach (Layer layer in LayersBetween(image, features[i]).Where(layer => layer.EncoderStage == 0))
            {
                layer.EncoderStage = i + 1;
                if (!IsTrainable) layer.IsTrainable = false;
            }
        }
        return features;
    }

    /// <summary>
    /// Such as <c>compact, RGB less 127.5 by 64</c>, or <c>vgg16, frozen, BGR less 103.939/116.779/123.68 by 1/1/1</c>.
    /// </summary>
    internal string Describe()
    {
        static string Join(IEnumerable<float> numbers) =>
            string.Join('/', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        string channels = Preprocessing.IsBgr ? "BGR" : "RGB";
        return $"{Name}{(IsTrainable ? "" : ", frozen")}, {channels} less {Join(Preprocessing.Mean)} "
            + $"by {Join(Preprocessing.Deviation)}";
    }

    /// <summary>Applies the encoder to a preprocessed image.</summary>
    /// <returns>The feature maps at strides 2, 4, 8, 16 and 32, in this order.</returns>
    protected abstract IReadOnlyList<SymbolicTensor> ApplyStages(SymbolicTensor image);

    private IEnumerable<Layer> LayersBetween(SymbolicTensor image, SymbolicTensor feature) =>
        new LayerGraph(Name, [image], [feature]).Nodes.Where(node => node != image).Select(node => node.Layer);
}
