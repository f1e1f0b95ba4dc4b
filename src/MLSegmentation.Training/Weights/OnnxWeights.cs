using System.Runtime.InteropServices;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Onnx;
using MLSegmentation.Training.Onnx.Schema;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>Takes weights over from a model that this project has exported, so that a training starts from another's.</summary>
public static class OnnxWeights
{
    /// <summary>
    /// Copies the weights of every layer that has the same name and shapes in the model. An autoencoder can so give its encoder's
    /// weights to a segmentation network over the same encoder. Other layers keep their weights.
    /// </summary>
    /// <param name="network">The network to change.</param>
    /// <param name="model">The content of an <c>.onnx</c> file exported by this project.</param>
    /// <returns>The names of the layers that were copied, in the network's order.</returns>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, or has none of the network's layers; nothing was copied.
    /// </exception>
    public static IReadOnlyList<string> CopyTo(TorchNetwork network, ReadOnlySpan<byte> model)
    {
        ArgumentNullException.ThrowIfNull(network);
        GraphProto graph = OnnxModel.Parse(model).Graph;
        var stored = graph.Initializer.ToDictionary(tensor => tensor.Name);
        var copied = new List<string>();
        foreach (var (layer, name, weights) in network.Graph.WeightedLayers)
        {
            TensorProto?[] found = [.. weights.Select(weight => stored.GetValueOrDefault($"{name}/{weight.Name}"))];
            if (!weights.Zip(found).All(pair => Fits(pair.First, pair.Second))) continue;
            foreach (var (live, tensor) in network.WeightsOf(layer).Zip(found)) Copy(tensor!, live);
            copied.Add(name);
        }
        return copied.Count > 0 ? copied : throw new InvalidDataException(
            $"The model '{graph.Name}' has no layer of '{network.Graph.Name}' by name and shape, so there is nothing to start "
            + "from. Give a model of the same network, or one with the same encoder.");
    }

    private static bool Fits(WeightSpec weight, TensorProto? stored) =>
        stored is not null && stored.DataType == (int)OnnxElementType.Float && stored.Dims.SequenceEqual(weight.Dimensions)
        && stored.RawData.Length == weight.Count * sizeof(float);

    private static void Copy(TensorProto stored, Tensor live)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        live.copy_(tensor(MemoryMarshal.Cast<byte, float>(stored.RawData.Span).ToArray(), [.. stored.Dims]));
    }
}
