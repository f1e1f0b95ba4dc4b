using System.Globalization;
using System.Text;
using Google.Protobuf;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

/// <summary>Models whose weights lie in another file, as exporters write them, and tensors as none does.</summary>
internal static class OutsideModel
{
    public const string Location = "model.onnx.data";

    private const int InitializersOfGraph = 5, BytesOfTensor = 9, EntriesOfTensor = 13;

    /// <summary><c>data_location</c> (field 14) EXTERNAL.</summary>
    private static readonly byte[] _isOutside = [14 << 3, 1];

    /// <summary>A model with the values of all its initializers moved out, one after the other.</summary>
    /// <returns>The model, and the content of the other file.</returns>
    public static (byte[] Model, byte[] Weights) Of(byte[] model, string location = Location)
    {
        ModelProto parsed = ModelProto.Parser.ParseFrom(model);
        List<byte> weights = [];
        TensorProto[] inside = [.. parsed.Graph.Initializer];
        parsed.Graph.Initializer.Clear();
        foreach (TensorProto tensor in inside)
        {
            byte[] values = tensor.RawData.ToByteArray();
            tensor.RawData = ByteString.Empty;
            parsed.Graph.Initializer.Add(TensorProto.Parser.ParseFrom([
                .. tensor.ToByteArray(),
                .. Outside(
                    ("location", location), ("offset", Text(weights.Count)), ("length", Text(values.Length)))]));
            weights.AddRange(values);
        }
        return (parsed.ToByteArray(), [.. weights]);
    }

    /// <summary>Writes such a model into a folder.</summary>
    /// <returns>The model's path.</returns>
    public static string Write(string folder, byte[] model)
    {
        (byte[] outside, byte[] weights) = Of(model);
        string modelFile = Path.Combine(folder, "model.onnx");
        File.WriteAllBytes(modelFile, outside);
        File.WriteAllBytes(Path.Combine(folder, Location), weights);
        return modelFile;
    }

    /// <summary>The entries of a tensor whose values lie elsewhere.</summary>
    public static byte[] Outside(params (string Key, string Value)[] entries) =>
    [
        .. entries.SelectMany(entry => EditedModel.Field(
            EntriesOfTensor, [.. Bytes(1, entry.Key), .. Bytes(2, entry.Value)])),
        .. _isOutside,
    ];

    /// <summary>The fields of a tensor 'w' before its values: sizes, type and name.</summary>
    public static byte[] Tensor(int type, params long[] sizes) =>
        new TensorProto { Dims = { sizes }, DataType = type, Name = "w" }.ToByteArray();

    /// <summary>The values of a tensor within it: <c>raw_data</c>.</summary>
    public static byte[] Inside(byte[] values) => EditedModel.Field(BytesOfTensor, values);

    /// <summary>A model of tensors alone, which are its initializers.</summary>
    public static byte[] OfTensors(params IEnumerable<byte[]> tensors) =>
        EditedModel.Field(7, [.. tensors.SelectMany(tensor => EditedModel.Field(InitializersOfGraph, tensor))]);

    private static byte[] Bytes(int field, string text) => EditedModel.Field(field, Encoding.UTF8.GetBytes(text));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
