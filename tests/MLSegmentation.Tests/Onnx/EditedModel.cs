using System.Text;
using Google.Protobuf;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

/// <summary>The graph of <see cref="TestGraphs.BrightestChannel"/>, changed into what no exporter writes.</summary>
internal static class EditedModel
{
    /// <summary>A field number and wire type 2: bytes with their length.</summary>
    public static byte[] Field(int number, byte[] content) =>
        [.. Varint((number << 3) | 2), .. Varint(content.Length), .. content];

    public static byte[] With(Action<ModelProto> change)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(TestGraphs.BrightestChannel());
        change(model);
        return model.ToByteArray();
    }

    /// <summary>One property of the metadata replaced, or added.</summary>
    public static byte[] WithProperty(string key, string value) => With(model =>
    {
        key = $"mlsegmentation.{key}";
        foreach (StringStringEntryProto entry in model.MetadataProps.Where(entry => entry.Key == key).ToArray())
            model.MetadataProps.Remove(entry);
        model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
    });

    /// <summary>
    /// The weights in another file: <c>external_data</c> (field 13) names it, <c>data_location</c> (field 14) is EXTERNAL.
    /// </summary>
    public static byte[] WithWeightsIn(string location)
    {
        byte[] entry = [.. Field(1, "location"u8.ToArray()), .. Field(2, Encoding.UTF8.GetBytes(location))];
        return WithTensor(tensor => tensor.RawData = ByteString.Empty, [.. Field(13, entry), 14 << 3, 1]);
    }

    /// <summary>The tensor of weights changed, with more fields behind it.</summary>
    public static byte[] WithTensor(Action<TensorProto> change, params byte[] moreFields)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(TestGraphs.BrightestChannel());
        TensorProto tensor = model.Graph.Initializer.Single();
        change(tensor);
        model.Graph.Initializer.Clear();
        byte[] graph = [.. model.Graph.ToByteArray(), .. Field(5, [.. tensor.ToByteArray(), .. moreFields])];
        model.Graph = null;
        return [.. model.ToByteArray(), .. Field(7, graph)];
    }

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value > 0x7F; value >>= 7) bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }
}
