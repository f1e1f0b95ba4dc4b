using Google.Protobuf;
using MLSegmentation.Training.Onnx.Schema;
using Dimension = MLSegmentation.Training.Onnx.Schema.TensorShapeProto.Types.Dimension;

namespace MLSegmentation.Training.Onnx;

/// <summary>Makes a model that somebody else exported one that describes itself, as those exported here do.</summary>
internal static class Adoption
{
    /// <summary>Writes what options say into the model.</summary>
    /// <param name="content">The content of an <c>.onnx</c> file, with its weights inside.</param>
    /// <param name="source">What errors call it.</param>
    /// <param name="model">What the options say.</param>
    /// <param name="takesSeveral">Whether the graph takes any number of images at a time.</param>
    /// <exception cref="InvalidDataException">Its operators are too old to be added to.</exception>
    /// <exception cref="InvalidOperationException">It would be larger than one file can be.</exception>
    public static byte[] Write(ReadOnlySpan<byte> content, string source, AdoptedModel model, bool takesSeveral)
    {
        ModelProto file = OnnxModel.Parse(content);
        var graph = new ForeignGraph(file, source);
        Dimension[] image = ImageOf(graph, model, takesSeveral);
        bool mayDiffer = !HasSizeOf(graph, model, image);

        // Names of its own may be ours.
        graph.KeepOnly(model.Output.Name, model.Input.Value.Name);
        string input = graph.SetAside(model.Input.Value.Name), scores = graph.SetAside(model.Output.Name);
        graph.Free(GraphNames.Image);
        graph.Free(GraphNames.Probabilities);
        graph.Free(GraphNames.Mask);

        NodeWriter first = graph.Nodes("input"), last = graph.Nodes("output");
        string prepared = FirstNodes.Write(first, model.Input, PixelScaling.Of(model.Preparation, model.Input.Channels));
        LastNodes.Write(last, scores, model, mayDiffer);
        graph.Begin(first, input, Describe(GraphNames.Image, OnnxElementType.Float, image));
        graph.Replace(input, prepared);
        graph.End(
            last,
            Describe(
                GraphNames.Probabilities, OnnxElementType.Float, image[0], new Dimension { DimValue = model.Classes }, image[2],
                image[3]),
            Describe(GraphNames.Mask, OnnxElementType.UInt8, image[0], image[2], image[3]));
        Describe(file, model.Metadata);
        return ToContent(file, source);
    }

    /// <summary>Writes other metadata into a model; the graph stays as it is.</summary>
    /// <param name="content">The content of an <c>.onnx</c> file.</param>
    /// <param name="source">What errors call it.</param>
    /// <param name="metadata">What it is to say of itself.</param>
    public static byte[] Write(ReadOnlySpan<byte> content, string source, ImageModelMetadata metadata)
    {
        ModelProto file = OnnxModel.Parse(content);
        Describe(file, metadata);
        return ToContent(file, source);
    }

    private static byte[] ToContent(ModelProto file, string source)
    {
        try
        {
            return file.ToByteArray();
        }
        catch (OverflowException error)
        {
            throw new InvalidOperationException(
                $"{source} would be larger than the 2 GB that one ONNX file can hold. Score it with the options.", error);
        }
    }

    private static void Describe(ModelProto file, ImageModelMetadata metadata)
    {
        var properties = metadata.ToProperties();
        StringStringEntryProto[] others =
            [.. file.MetadataProps.Where(entry => !entry.Key.StartsWith(ImageModelMetadata.Prefix, StringComparison.Ordinal))];
        file.MetadataProps.Clear();
        file.MetadataProps.Add(others);
        file.MetadataProps.Add(properties.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
    }

    /// <summary>The dimensions [N,C,H,W] of the image: the graph's own names for what is free.</summary>
    private static Dimension[] ImageOf(ForeignGraph graph, AdoptedModel model, bool takesSeveral)
    {
        var declared = graph.DimensionsOf(model.Input.Value.Name);
        int height = model.Input.Layout == TensorLayout.ChannelsFirst ? 2 : 1;
        Dimension Own(int axis, string fallback) =>
            declared?[axis] is { } own && (own.DimValue > 0 || own.DimParam.Length > 0)
                ? own
                : new Dimension { DimParam = graph.Fresh(fallback) };
        return
        [
            takesSeveral ? Own(0, "N") : new Dimension { DimValue = 1 }, new Dimension { DimValue = model.Input.Channels },
            Own(height, "H"), Own(height + 1, "W"),
        ];
    }

    private static bool HasSizeOf(ForeignGraph graph, AdoptedModel model, Dimension[] image)
    {
        if (graph.DimensionsOf(model.Output.Name) is not { } declared || declared.Count < 2) return false;
        int last = declared.Count - (model.HasClassAxis && model.Output.Layout == TensorLayout.ChannelsLast ? 2 : 1);
        return declared[last - 1].Equals(image[2]) && declared[last].Equals(image[3]);
    }

    private static ValueInfoProto Describe(string name, OnnxElementType type, params ReadOnlySpan<Dimension> dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (Dimension dimension in dimensions) shape.Dim.Add(dimension.Clone());
        return new ValueInfoProto { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }
}
