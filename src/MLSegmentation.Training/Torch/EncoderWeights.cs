using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Torch;

/// <summary>The layers of an encoder within networks that are made over it.</summary>
public static class EncoderWeights
{
    /// <summary>
    /// Starts the encoder of one network from that of another, such as an autoencoder's: weights and statistics of each layer are
    /// copied to the layer of that name. The rest stays as it is.
    /// </summary>
    /// <param name="source">The network to copy from; it may be on another device.</param>
    /// <param name="target">The network to copy into.</param>
    /// <param name="encoder">The encoder that both were made over.</param>
    /// <exception cref="ArgumentException">
    /// A network was not made over the encoder, for images of the same number of channels.
    /// </exception>
    public static void Copy(TorchNetwork source, TorchNetwork target, Encoder encoder)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(encoder);
        var (from, to) = (LayersOf(source, encoder), LayersOf(target, encoder));
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var (sourceLayer, targetLayer) in from.Zip(to))
        {
            var weights = sourceLayer.Weights.Zip(targetLayer.Weights);
            if (!weights.All(weight => weight.First.Dimensions.SequenceEqual(weight.Second.Dimensions)))
                throw new ArgumentException(
                    $"'{sourceLayer.Name}' has other sizes in '{source.Graph.Name}' than in '{target.Graph.Name}'; give both "
                    + "networks images of the same number of channels.", nameof(source));
        }
        foreach (var (sourceLayer, targetLayer) in from.Zip(to))
        {
            foreach (var (values, live) in source.WeightsOf(sourceLayer.Layer).Zip(target.WeightsOf(targetLayer.Layer)))
                live.copy_(values);
        }
    }

    /// <summary>The layers of a network that are its encoder's and have weights, in the encoder's order.</summary>
    /// <exception cref="ArgumentException">The network lacks some of them.</exception>
    internal static IReadOnlyList<(Layer Layer, string Name, IReadOnlyList<WeightSpec> Weights)> LayersOf(
        TorchNetwork network, Encoder encoder)
    {
        // Every application makes new layers of the same names, so the encoder alone tells which of the network's are its own.
        SymbolicTensor image = SymbolicTensor.Input(network.Graph.Inputs[0].Shape);
        var alone = new LayerGraph(encoder.Name, [image], encoder.Apply(image));
        string[] names = [.. alone.WeightedLayers.Select(layer => layer.Name)];
        var layers = network.Graph.WeightedLayers.ToDictionary(layer => layer.Name);
        string[] missing = [.. names.Where(name => !layers.ContainsKey(name))];
        return missing.Length == 0
            ? [.. names.Select(name => layers[name])]
            : throw new ArgumentException(
                $"'{network.Graph.Name}' was not made over the encoder {encoder.Name}: it has no {string.Join(", ", missing)}.",
                nameof(encoder));
    }
}
