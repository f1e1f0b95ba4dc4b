using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using MLSegmentation.Tests;
using MLSegmentation.Training.Onnx.Schema;
using PureHDF;

namespace Fuzzing.Weights;

/// <summary>Weight files of every form that is read.</summary>
internal static class WeightGenerator
{
    private const int HdfFiles = 12;
    private static readonly Lazy<byte[][]> _hdf = new(
        () => [.. Enumerable.Range(0, HdfFiles).Select(i => WriteHdf(new FuzzRandom((ulong)i)))]);

    /// <summary>A zip of <c>torch.save</c>.</summary>
    public static byte[] TorchZip(FuzzRandom random)
    {
        if (random.Percent(20)) return Resource("torch_zip.pth");
        var generator = new PickleGenerator(random);
        byte[] pickle = PickleGenerator.Value(
            one =>
            {
                generator = one;
                one.StateDict(isLegacy: false);
            },
            random);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string name, byte[] content)
            {
                using Stream entry = zip.CreateEntry(
                    $"archive/{name}", random.Percent(97) ? CompressionLevel.NoCompression : CompressionLevel.Fastest).Open();
                entry.Write(content);
            }

            if (random.Percent(98)) Add("data.pkl", pickle);
            if (random.Percent(50)) Add("byteorder", Encoding.ASCII.GetBytes(random.Percent(95) ? "little" : "big"));
            foreach ((string key, int count, int numberBytes) in generator.Storages)
            {
                if (random.Percent(98))
                    Add($"data/{key}", random.Bytes(random.Percent(97) ? count * numberBytes : random.Below(40)));
            }
            if (random.Percent(2)) Add("data.pkl", pickle);
        }
        return bytes.ToArray();
    }

    /// <summary>What <c>torch.save</c> wrote before it wrote zips.</summary>
    public static byte[] TorchLegacy(FuzzRandom random)
    {
        if (random.Percent(20)) return Resource(random.Pick("torch_legacy.pth", "torch_2017.pth"));
        var file = new ByteList().Add(0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.');
        file.Add(PickleGenerator.Value(one => one.Number(random.Percent(98) ? 1001 : random.Below(2000)), random));
        file.Add(PickleGenerator.Value(
            one =>
            {
                one.Code("}");
                one.Text("little_endian");
                one.Code(random.Percent(97) ? "\u0088s" : "\u0089s");
            },
            random));
        PickleGenerator? dictionary = null;
        file.Add(PickleGenerator.Value(
            one =>
            {
                dictionary = one;
                one.StateDict(isLegacy: true);
            },
            random));
        var storages = dictionary!.Storages.DistinctBy(storage => storage.Key).ToList();
        if (random.Percent(10)) random.Shuffle(storages);
        file.Add(PickleGenerator.Value(
            one =>
            {
                one.Code("](");
                foreach ((string key, _, _) in storages) one.Text(key);
                one.Code("e");
            },
            random));
        foreach ((_, int count, int numberBytes) in storages)
            file.Long(random.Percent(97) ? (ulong)count : random.Extreme()).Add(random.Bytes(count * numberBytes));
        return file.ToArray();
    }

    /// <summary>A safetensors file; its header is JSON of arrays that follow each other, mostly.</summary>
    public static byte[] Safetensors(FuzzRandom random)
    {
        var entries = new List<string>();
        long end = 0;
        for (int i = random.Below(5); i > 0; i--)
        {
            (string type, int bytes) = random.Pick(
                ("F32", 4), ("F32", 4), ("F16", 2), ("BF16", 2), ("F64", 8), ("I64", 8), ("BOOL", 1), ("F8", 1));
            long[] shape =
                [.. Enumerable.Range(0, random.Below(5)).Select(_ => (long)random.Between(random.Percent(5) ? 0 : 1, 5))];
            long begin = end;
            end += shape.Aggregate((long)bytes, (product, size) => product * size);
            string Number(long number) =>
                random.Percent(98)
                    ? $"{number}"
                    : random.Pick("-1", "1e3", "9223372036854775807", "99999999999999999999", "null", "\"1\"", "1.5",
                        $"{random.Extreme()}");
            string name = random.Percent(95)
                ? $"layer{i}/{random.Pick("kernel", "bias")}"
                : random.Pick("", "__metadata__", "a\\u0000b", "\\ud800", "layer1/kernel");
            entries.Add(
                $"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', shape.Select(Number))}],\"data_offsets\":["
                + $"{Number(begin)},{Number(end)}]}}");
        }
        if (random.Percent(50))
            entries.Insert(0, random.Percent(90) ? "\"__metadata__\":{\"format\":\"pt\"}" : "\"__metadata__\":{\"format\":1}");
        string text = $"{{{string.Join(',', entries)}}}{new string(' ', random.Below(8))}";
        byte[] header = Encoding.UTF8.GetBytes(text);
        if (random.Percent(15)) header = Mutation.Apply(random, header);
        return new ByteList().Long(random.Percent(97) ? (ulong)header.Length : random.Extreme()).Add(header)
            .Add(random.Bytes((int)Math.Min(end, 1 << 16) + (random.Percent(4) ? 5 : 0))).ToArray();
    }

    /// <summary>An HDF5 file of Keras, or one that PureHDF wrote, of groups in groups.</summary>
    public static byte[] Hdf(FuzzRandom random) =>
        random.Percent(50) ? Resource(random.Pick("keras1.h5", "keras2_model.h5")) : [.. random.Pick<byte[]>(_hdf.Value)];

    /// <summary>A residual network of CNTK, mostly with something in it that is another than such a network has.</summary>
    public static byte[] Onnx(FuzzRandom random)
    {
        int stages = random.Between(1, 4);
        ModelProto model = CntkResNet.Create(
            [.. Enumerable.Range(0, stages).Select(_ => random.Between(1, 3))],
            [.. Enumerable.Range(0, stages).Select(_ => random.Between(1, 2))]);
        for (int i = random.Pick(0, 0, 1, 1, 2); i > 0; i--) Change(random, model);
        return model.ToByteArray();
    }

    private static void Change(FuzzRandom random, ModelProto model)
    {
        GraphProto graph = model.Graph;
        NodeProto node = graph.Node[random.Below(graph.Node.Count)], other = graph.Node[random.Below(graph.Node.Count)];
        TensorProto tensor = graph.Initializer[random.Below(graph.Initializer.Count)];
        switch (random.Below(9))
        {
            case 0: node.Input[random.Below(node.Input.Count)] = random.Percent(70) ? other.Output[0] : tensor.Name; break;
            case 1: node.Output[0] = random.Percent(70) ? other.Output[0] : graph.Input[0].Name; break;
            case 2: node.OpType = random.Pick(other.OpType, "Sigmoid", ""); break;
            case 3: graph.Node.Remove(node); break;
            case 4: graph.Node.Add(node.Clone()); break;
            case 5: node.Input.Add(tensor.Name); break;
            case 6: tensor.Dims[random.Below(tensor.Dims.Count)] = (long)random.Extreme(); break;
            case 7: tensor.DataType = random.Below(18); break;
            default:
                AttributeProto? attribute = node.Attribute.Count > 0 ? node.Attribute[random.Below(node.Attribute.Count)] : null;
                if (attribute?.Ints.Count > 0) attribute.Ints[0] = random.Percent(50) ? random.Below(9) : (long)random.Extreme();
                else if (attribute is not null) attribute.I = (long)random.Extreme();
                break;
        }
    }

    private static byte[] WriteHdf(FuzzRandom random)
    {
        var file = new H5File();
        for (int layer = 0; layer < random.Between(1, 3); layer++)
        {
            var group = new H5Group();
            for (int i = 0; i < random.Between(0, 3); i++)
            {
                ulong[] sizes = [.. Enumerable.Range(0, random.Between(1, 4)).Select(_ => (ulong)random.Between(1, 4))];
                float[] numbers = [.. Enumerable.Range(0, (int)sizes.Aggregate((product, size) => product * size))
                    .Select(number => (float)number)];
                group[$"weight{i}:0"] = random.Percent(80) ? new H5Dataset(numbers, fileDims: sizes)
                    : new H5Dataset(numbers, fileDims: sizes, chunks: [.. sizes.Select(size => (uint)Math.Max(1, size / 2))]);
            }
            if (random.Percent(30)) group["inner"] = new H5Group { ["numbers"] = new H5Dataset(new[] { 1, 2, 3 }) };
            group.Attributes["weight_names"] = new[] { "weight0:0" };
            file[$"layer{layer}"] = group;
        }
        using var bytes = new MemoryStream();
        file.Write(bytes);
        return bytes.ToArray();
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(WeightGenerator).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"There is no resource '{name}'.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
