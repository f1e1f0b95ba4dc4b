using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using MLSegmentation.Training.Layers;
using PureHDF;
using Encoder = MLSegmentation.Training.Networks.Encoder;

namespace MLSegmentation.Training.Tests;

/// <summary>Writes weights in the forms of the official files.</summary>
internal static class WeightWriter
{
    /// <summary>A safetensors file of this header and as many bytes of data, all zero unless given.</summary>
    public static byte[] Safetensors(string header, int dataBytes, byte[]? data = null) =>
    [
        .. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)),
        .. Encoding.UTF8.GetBytes(header),
        .. data ?? new byte[dataBytes],
    ];

    /// <summary>A safetensors file with all weights of an encoder in Keras's names and layout, every number zero.</summary>
    public static byte[] Zeros(Encoder encoder)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 64, 64));
        var graph = new LayerGraph(encoder.Name, [image], encoder.Apply(image));
        var header = new List<string>();
        long end = 0;
        foreach (var (_, name, weights) in graph.WeightedLayers)
        {
            foreach (WeightSpec weight in weights)
            {
                long start = end;
                end += sizeof(float) * weight.Count;
                header.Add(
                    $"\"{name}/{weight.Name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', weight.KerasShape)}],"
                    + $"\"data_offsets\":[{start},{end}]}}");
            }
        }
        return Safetensors($"{{{string.Join(',', header)}}}", (int)end);
    }

    /// <summary>What <c>torch.save</c> writes of a state dict, each tensor in its own storage.</summary>
    public static byte[] TorchZip(IReadOnlyList<(string Name, long[] Shape, float[] Numbers)> weights)
    {
        var pickle = new PickleWriter().Global("collections", "OrderedDict").Code(')').Code('R').Code('(');
        for (int i = 0; i < weights.Count; i++)
        {
            var (name, shape, numbers) = weights[i];
            int[] strides = [.. RawWeight.RowStrides(shape).Select(stride => (int)stride)];
            pickle.Text(name).Tensor($"{i}", numbers.Length, 0, [.. shape.Select(size => (int)size)], strides);
        }
        var storages = weights.Select((weight, i) => ($"data/{i}", MemoryMarshal.AsBytes(weight.Numbers.AsSpan()).ToArray()));
        return Zip([("data.pkl", pickle.Code('u').ToArray()), .. storages]);
    }

    /// <summary>A zip of entries below <c>archive/</c>.</summary>
    public static byte[] Zip(
        (string Name, byte[] Content)[] entries, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using Stream entry = zip.CreateEntry($"archive/{name}", compression).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>
    /// What Keras 1 wrote of a network with these weights, named <c>block1_conv1_W_1:0</c> and <c>block1_conv1_b_1:0</c>.
    /// </summary>
    public static byte[] KerasHdf(IReadOnlyList<(string Name, long[] Shape, float[] Numbers)> weights)
    {
        var file = new H5File();
        foreach (var layer in weights.GroupBy(weight => weight.Name.Split('/')[0]))
        {
            var group = new H5Group();
            foreach (var (name, shape, numbers) in layer)
            {
                string keras = name.EndsWith("kernel", StringComparison.Ordinal) ? "W" : "b";
                group[$"{layer.Key}_{keras}_1:0"] = new H5Dataset(numbers, fileDims: [.. shape.Select(size => (ulong)size)]);
            }
            file[layer.Key] = group;
        }
        var bytes = new MemoryStream();
        file.Write(bytes);
        return bytes.ToArray();
    }
}
