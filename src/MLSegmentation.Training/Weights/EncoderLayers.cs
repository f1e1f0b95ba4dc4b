using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training;

/// <summary>The layers of an encoder within networks that are made over it.</summary>
internal static class EncoderLayers
{
    /// <summary>The layers of a network that are its encoder's and have weights, in the encoder's order.</summary>
    /// <exception cref="ArgumentException">The network lacks some of them.</exception>
    public static IReadOnlyList<(Layer Layer, string Name, IReadOnlyList<WeightSpec> Weights)> Of(
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
