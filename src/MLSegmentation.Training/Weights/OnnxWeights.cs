using System.Runtime.InteropServices;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
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

    /// <summary>How a model prepares images, and what its encoder came from.</summary>
    /// <param name="model">The content of an <c>.onnx</c> file exported by this project.</param>
    /// <returns>
    /// The preparation, null where the model's first nodes are none of an <see cref="ImagePreprocessing"/>, and
    /// <see cref="ImageModelMetadata.EncoderWeights"/>.
    /// </returns>
    /// <exception cref="InvalidDataException">It is no ONNX model.</exception>
    internal static (ImagePreprocessing? Preprocessing, string EncoderWeights) Describe(ReadOnlySpan<byte> model)
    {
        ModelProto whole = OnnxModel.Parse(model);
        var metadata = whole.MetadataProps.DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key, entry => entry.Value);
        TensorProto? Named(string name) => whole.Graph.Initializer.FirstOrDefault(tensor => tensor.Name == name);
        float[] Numbers(string name) =>
            Named(name) is { DataType: (int)OnnxElementType.Float } tensor && tensor.RawData.Length % sizeof(float) == 0
                ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray()
                : [];
        float[] mean = Numbers("normalization/mean"), deviation = Numbers("normalization/deviation");
        bool isPrepared = mean.Length > 0 && mean.Length == deviation.Length && !deviation.Contains(0);
        return (
            isPrepared
                ? new ImagePreprocessing { IsBgr = Named("bgr/order") is not null, Mean = mean, Deviation = deviation }
                : null,
            metadata.GetValueOrDefault($"{ImageModelMetadata.Prefix}encoderWeights", ""));
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
