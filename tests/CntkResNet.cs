using MLSegmentation.Training.Onnx;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

/// <summary>
/// A residual network of few channels as CNTK exports it to ONNX: generated names in no order, initializers that are inputs too,
/// and numbers as floats, not as bytes. Each tensor counts up from a number of its own.
/// </summary>
internal sealed class CntkResNet
{
    private const int Floats = 1;
    private readonly GraphProto _graph = new() { Name = "CNTKGraph" };
    private int _names = 247;

    /// <summary>The model.</summary>
    /// <param name="channels">Channels of each stage; the stem has those of the first.</param>
    /// <param name="blocks">Blocks of each stage.</param>
    public static ModelProto Create(int[] channels, int[] blocks)
    {
        var network = new CntkResNet();
        network._graph.Input.Add(new ValueInfoProto { Name = "Input247", Type = TypeOf([1, 3, 224, 224]) });
        string x = network.Relu(network.Convolution("Input247", 3, channels[0], 7, 2));
        x = network.Node(
            "MaxPool", [x], ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }),
            ("pads", new long[] { 1, 1, 0, 0 }));
        int width = channels[0];
        for (int stage = 0; stage < channels.Length; stage++)
        {
            for (int block = 0; block < blocks[stage]; block++)
            {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                // The shortcut comes first in the file.
                string shortcut = stride == 1 ? x : network.Convolution(x, width, channels[stage], 1, stride);
                string y = network.Relu(network.Convolution(x, width, channels[stage], 3, stride));
                y = network.Convolution(y, channels[stage], channels[stage], 3, 1);
                x = network.Relu(network.Node("Add", [y, shortcut]));
                width = channels[stage];
            }
        }
        x = network.Node("AveragePool", [x], ("kernel_shape", new long[] { 7, 7 }));
        network._graph.Output.Add(new ValueInfoProto { Name = x, Type = TypeOf([1, width, 1, 1]) });
        return new ModelProto
        {
            IrVersion = 3,
            ProducerName = "CNTK",
            ProducerVersion = "2.6",
            Graph = network._graph,
            OpsetImport = { new OperatorSetIdProto { Version = 8 } },
        };
    }

    private string Convolution(string x, int inputs, int outputs, int size, int stride)
    {
        long before = size / 2, after = stride == 2 && size > 1 ? before - 1 : before;
        x = Node(
            "Conv", [x, Tensor(outputs, inputs, size, size)], ("kernel_shape", new long[] { size, size }),
            ("strides", new long[] { stride, stride }), ("auto_pad", "NOTSET"), ("group", 1L), ("dilations", new long[] { 1, 1 }),
            ("pads", new[] { before, before, after, after }));
        return Node(
            "BatchNormalization", [x, .. Enumerable.Range(0, 4).Select(_ => Tensor(outputs))], ("spatial", 1L),
            ("epsilon", 1e-5f), ("momentum", 0.98f));
    }

    private string Relu(string x) => Node("Relu", [x]);

    private string Node(string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        string output = $"{operation}{_names++}_Output_0";
        _graph.Node.Add(new NodeProto
        {
            OpType = operation,
            Input = { inputs },
            Output = { output },
            Attribute = { attributes.Select(one => OnnxSchema.Attribute(one.Name, one.Value)) },
        });
        return output;
    }

    private string Tensor(params long[] shape)
    {
        int count = (int)shape.Aggregate((product, size) => product * size), first = _graph.Initializer.Count;
        var tensor = new TensorProto { Name = $"Parameter{1000 - _names++}", DataType = Floats, Dims = { shape } };
        tensor.FloatData.AddRange(Enumerable.Range(0, count).Select(index => (float)(first + index)));
        _graph.Initializer.Insert(0, tensor);
        _graph.Input.Add(new ValueInfoProto { Name = tensor.Name, Type = TypeOf(shape) });
        return tensor.Name;
    }

    private static TypeProto TypeOf(long[] sizes)
    {
        var shape = new TensorShapeProto();
        foreach (long size in sizes) shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        return new TypeProto { TensorType = new() { ElemType = Floats, Shape = shape } };
    }
}
