using System.Runtime.InteropServices;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>Writes the layers and weights of a network into an ONNX graph; what surrounds them is the caller's.</summary>
internal static class GraphExporter
{
    /// <summary>
    /// The dimensions of a graph input or output of this shape: N is free, H and W where the shape leaves them free.
    /// </summary>
    public static OnnxDimension[] Dimensions(Shape shape)
    {
        if (shape.IsVector) return ["N", shape.Channels];
        return ["N", shape.Channels, shape.Height == Shape.Any ? "H" : shape.Height,
            shape.Width == Shape.Any ? "W" : shape.Width];
    }

    /// <summary>Writes every layer.</summary>
    /// <param name="network">The network with its weights.</param>
    /// <param name="onnx">The graph to write to.</param>
    /// <param name="input">The name of the declared input.</param>
    /// <param name="inputShape">Its shape; height and width may be free.</param>
    /// <returns>Name and shape of each output of the network.</returns>
    public static IReadOnlyList<(string Name, Shape Shape)> Write(
        TorchNetwork network, OnnxGraphBuilder onnx, string input, Shape inputShape) =>
        Write(network, onnx, input, inputShape,
            (node, inputs, shapes, weights) => node.Layer.Emit(onnx, inputs, shapes, weights));

    /// <summary>
    /// Writes every layer and, of the network's first output, which channel of each pixel has the largest value.
    /// </summary>
    /// <returns>The names of the output and of the channels' numbers [N, 1, H, W], and the output's shape.</returns>
    public static (string Scores, string Best, Shape Shape) WriteWithArgMax(
        TorchNetwork network, OnnxGraphBuilder onnx, string input, Shape inputShape)
    {
        string best = "";
        var outputs = Write(network, onnx, input, inputShape, (node, inputs, shapes, weights) =>
        {
            if (node != network.Graph.Outputs[0]) return node.Layer.Emit(onnx, inputs, shapes, weights);
            (string scores, best) = node.Layer.EmitWithArgMax(onnx, inputs, shapes, weights);
            return scores;
        });
        return (outputs[0].Name, best, outputs[0].Shape);
    }

    private static IReadOnlyList<(string Name, Shape Shape)> Write(
        TorchNetwork network, OnnxGraphBuilder onnx, string input, Shape inputShape,
        Func<SymbolicTensor, string[], Shape[], string[], string> emit)
    {
        LayerGraph graph = network.Graph;
        var shapes = graph.InferShapes(inputShape);
        var values = new Dictionary<SymbolicTensor, string> { [graph.Inputs[0]] = input };
        var weights = new Dictionary<Layer, string[]>();
        foreach (var (layer, name, specs) in graph.WeightedLayers)
        {
            weights.Add(layer,
                [.. specs.Zip(network.WeightsOf(layer), (spec, values) => AddWeight(onnx, $"{name}/{spec.Name}", values))]);
        }

        foreach (SymbolicTensor node in graph.Nodes)
        {
            if (values.ContainsKey(node)) continue;
            onnx.Scope = graph.NameOf(node);
            values[node] = emit(
                node,
                [.. node.Inputs.Select(value => values[value])],
                [.. node.Inputs.Select(value => shapes[value])],
                weights.GetValueOrDefault(node.Layer, []));
        }
        return [.. graph.Outputs.Select(output => (values[output], shapes[output]))];
    }

    private static string AddWeight(OnnxGraphBuilder onnx, string name, Tensor values)
    {
        // What is made on the way to the plain values must not be collected while the next call reads it.
        using var scope = NewDisposeScope();
        Tensor plain = values.detach().cpu().contiguous();
        return onnx.Initializer(name, plain.shape, MemoryMarshal.Cast<byte, float>(plain.bytes));
    }
}
