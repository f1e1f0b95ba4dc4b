using static MLSegmentation.OnnxFields;

namespace MLSegmentation.Training;

/// <summary>
/// Reads the residual network of basic blocks that CNTK exported to ONNX: <c>ResNet18.onnx</c> of the package
/// Microsoft.ML.DnnImageFeaturizer.ResNet18. Its weights get torchvision's names by where they stand in the graph
/// (<see cref="ResNetGraph"/>). How images come to such a network is in no file, so other exporters' are not taken.
/// </summary>
internal static class ResNetOnnxReader
{
    private const string Producer = "CNTK";
    private const int IrVersionTag = 0x08, LatestIrVersion = 64, ProducerTag = 0x12, ModelProducer = 2;

    // Batch normalisation is inference alone from this version on, without a switch that says so.
    private const int FirstOperatorSet = 7;

    // ResNet-34 in 32 bits has 85 MB.
    private const long LargestFile = 256L << 20;

    /// <summary>
    /// Whether a file that begins with these bytes can be one: the version of the format, then who wrote it, as all exporters
    /// begin.
    /// </summary>
    public static bool Recognizes(ReadOnlySpan<byte> start) =>
        start.Length > 2 && start[0] == IrVersionTag && start[1] < LatestIrVersion && start[2] == ProducerTag;

    /// <summary>Lists the weights of the file.</summary>
    /// <exception cref="InvalidDataException">
    /// It is truncated, damaged, of another exporter or of another network.
    /// </exception>
    public static IReadOnlyList<StoredWeight> Read(Stream file)
    {
        if (file.Length > LargestFile)
            throw new InvalidDataException($"it is ONNX of {file.Length:N0} bytes, expected at most {LargestFile:N0}");
        var model = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(model);
        if (OnnxStructure.FindFault(model) is { } fault) throw new InvalidDataException($"it {fault}");
        string producer = TextsOf(model, ModelProducer).LastOrDefault("");
        if (producer != Producer)
        {
            throw new InvalidDataException(
                $"it is ONNX of '{PrintableText.Of(producer)}', expected {Producer}'s ResNet-18. A model that this project "
                + "exported is given as the initial model");
        }
        OnnxGraph graph = OnnxGraphReader.Read(model);
        if (graph.OperatorSet < FirstOperatorSet)
        {
            throw new InvalidDataException(
                $"its operators are of version {graph.OperatorSet}, expected {FirstOperatorSet} or later");
        }
        var inputs = OnnxDeclaration.TryRead(model)?.Inputs ?? [];
        if (inputs is not [{ } image])
            throw new InvalidDataException($"its graph has {inputs.Count} inputs that are no weights, expected one, the image");
        var tensors = OnnxTensorPlace.InGraph(model);
        return [.. new ResNetGraph(graph, tensors).Walk(image.Name).Select(
            weight => new RawWeight(
                weight.Name, weight.Place.Shape, RawWeight.RowStrides(weight.Place.Shape), NumberFormat.Float32, offset: 0,
                (offset, destination) =>
                {
                    file.Position = weight.Place.Offset + offset;
                    file.ReadExactly(destination);
                }))];
    }
}
