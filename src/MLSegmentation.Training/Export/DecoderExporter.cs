using System.Runtime.InteropServices;
using Google.Protobuf;
using MLSegmentation.Training.Onnx;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Training;

/// <summary>
/// Cuts the decoder out of an exported autoencoder: a graph of its own with the autoencoder's weights. It takes <c>latent</c>
/// (float32 [N, features]) and answers <c>reconstruction</c> (float32 [N, C, H, W], 0 to 255).
/// </summary>
internal static class DecoderExporter
{
    private const string Axes = GraphNames.Latent + "/axes";

    /// <summary>Exports the decoder as the bytes of an <c>.onnx</c> file.</summary>
    /// <param name="autoencoder">
    /// The content of an <c>.onnx</c> file of <see cref="AutoencoderExporter"/> with a latent vector.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, or none with a latent vector that the reconstruction is made from.
    /// </exception>
    public static byte[] Export(ReadOnlySpan<byte> autoencoder)
    {
        ModelProto model = OnnxModel.Parse(autoencoder);
        GraphProto graph = model.Graph;
        var makers = graph.Node.SelectMany(node => node.Output, KeyValuePair.Create)
            .ToDictionary(pair => pair.Value, pair => pair.Key);
        string outputs = string.Join(", ", graph.Output.Select(output => output.Name));
        string code = CodeOf(makers) ?? throw new InvalidDataException(
            $"The model '{graph.Name}' has no latent vector to decode, its outputs are: {outputs}. "
            + "Give an autoencoder exported by this project whose latent values are a vector.");

        var needed = new HashSet<string>();
        void Need(string value)
        {
            if (value == code || !needed.Add(value) || !makers.TryGetValue(value, out NodeProto? maker)) return;
            foreach (string input in maker.Input) Need(input);
        }
        Need(GraphNames.Reconstruction);
        if (graph.Input.Any(input => needed.Contains(input.Name)))
        {
            throw new InvalidDataException(
                $"The reconstruction of the model '{graph.Name}' is not made from its latent vector alone. "
                + "Give an autoencoder without connections past it.");
        }

        // The code is a map of one pixel, the latent vector the same values without height and width.
        var decoder = new GraphProto
        {
            Name = $"{graph.Name}-decoder",
            Input = { graph.Output.First(output => output.Name == GraphNames.Latent) },
        };
        long[] heightAndWidth = [2, 3];
        decoder.Initializer.Add(new TensorProto
        {
            Name = Axes,
            DataType = (int)OnnxElementType.Int64,
            Dims = { heightAndWidth.Length },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(heightAndWidth)),
        });
        decoder.Initializer.AddRange(graph.Initializer.Where(weight => needed.Contains(weight.Name)));
        decoder.Node.Add(new NodeProto
        {
            OpType = "Unsqueeze",
            Name = GraphNames.Latent + "/Unsqueeze",
            Input = { GraphNames.Latent, Axes },
            Output = { code },
        });
        decoder.Node.AddRange(graph.Node.Where(node => node.Output.Any(needed.Contains)));
        decoder.Output.Add(graph.Output.First(output => output.Name == GraphNames.Reconstruction));
        model.Graph = decoder;
        model.MetadataProps.Clear();
        return model.ToByteArray();
    }

    /// <summary>The value that the latent vector is a view of; null where there is none.</summary>
    private static string? CodeOf(Dictionary<string, NodeProto> makers)
    {
        NodeProto? node = makers.GetValueOrDefault(GraphNames.Latent);
        if (node is { OpType: "Identity" }) node = makers.GetValueOrDefault(node.Input[0]);
        return node is { OpType: "Flatten" } ? node.Input[0] : null;
    }
}
