using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training;

/// <summary>The layers of an encoder within networks that are made over it.</summary>
internal static class EncoderLayers
{
    /// <summary>
    /// The layers of a network that are its encoder's and have weights, in the encoder's order, and the names of those of the
    /// last stages that the network does without.
    /// </summary>
    /// <exception cref="ArgumentException">The network lacks others, or all.</exception>
    public static (
        IReadOnlyList<(Layer Layer, string Name, IReadOnlyList<WeightSpec> Weights)> Layers, IReadOnlySet<string> Unused) Of(
        TorchNetwork network, Encoder encoder)
    {
        // Every application makes new layers of the same names, so the encoder alone tells which of the network's are its own.
        SymbolicTensor image = SymbolicTensor.Input(network.Graph.Inputs[0].Shape);
        var alone = new LayerGraph(encoder.Name, [image], encoder.Apply(image));
        var layers = network.Graph.WeightedLayers.ToDictionary(layer => layer.Name);
        var own = alone.WeightedLayers.Select(layer => (layer.Name, Stage: layer.Layer.EncoderStage)).ToArray();
        int last = own.Where(layer => layers.ContainsKey(layer.Name)).Select(layer => layer.Stage)
            .DefaultIfEmpty(Encoder.Stages).Max();
        var unused = own.Where(layer => layer.Stage > last).Select(layer => layer.Name).ToHashSet();
        string[] names = [.. own.Select(layer => layer.Name).Where(name => !unused.Contains(name))];
        string[] missing = [.. names.Where(name => !layers.ContainsKey(name))];
        return missing.Length == 0
            ? ([.. names.Select(name => layers[name])], unused)
            : throw new ArgumentException(
                $"'{network.Graph.Name}' was not made over the encoder {encoder.Name}: it has no {string.Join(", ", missing)}.",
                nameof(encoder));
    }
}
