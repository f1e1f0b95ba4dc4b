using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Onnx;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

/// <summary>The oracle is ONNX Runtime: what a model's bytes declare is what a session of it says.</summary>
[TestClass]
public sealed class OnnxDeclarationTest
{
    [TestMethod]
    public void TryRead_ModelOfEachKind_IsWhatASessionSays()
    {
        (string Name, byte[] Model)[] models =
        [
            ("segmentation", TestGraphs.BrightestChannel(metadata: TestGraphs.Described() with { SizeMultiple = 16 })),
            ("fixed size", TestGraphs.BrightestChannel(24, 32)),
            ("autoencoder", TestGraphs.Halving(channels: 1)),
            ("classifier", TestGraphs.BrightestMean()),
            ("foreign", TestGraphs.Foreign()),
            ("half precision", InputGraphs.Create(OnnxElementType.Float16, TensorLayout.ChannelsLast, 3)),
            ("a fixed number of bytes", InputGraphs.Create(OnnxElementType.UInt8, TensorLayout.ChannelsFirst, 3, 4, 3, 8, 8)),
            ("named sizes", InputGraphs.Create(
                OnnxElementType.Float, TensorLayout.ChannelsFirst, 3, "batch_size", "num_channels", "2*hh", "2*ww")),
            ("another input", TestGraphs.ManyClasses(3)),
            ("negative size", EditedModel.With(model => model.Graph.Input[0].Type.TensorType.Shape.Dim[2].DimValue = -7)),
            ("an input with a value", EditedModel.With(model => model.Graph.Input.Add(WeightsOf(model)))),
        ];
        foreach ((string name, byte[] model) in models)
        {
            using SessionOptions options = OnnxModelFile.CreateOptions();
            using InferenceSession session = OnnxModelFile.Open(model, name, options);
            OnnxDeclaration expected = OnnxDeclaration.Of(session), actual = OnnxDeclaration.TryRead(model)!;

            Assert.AreEqual(string.Join("; ", expected.Inputs), string.Join("; ", actual.Inputs), name);
            Assert.AreEqual(string.Join("; ", expected.Outputs), string.Join("; ", actual.Outputs), name);
            CollectionAssert.AreEquivalent(expected.Properties.ToArray(), actual.Properties.ToArray(), name);
        }
    }

    [TestMethod]
    public void Of_ShapesLeftToInference_AreInferred()
    {
        byte[] noShape = EditedModel.With(model => model.Graph.Output[0].Type.TensorType.Shape = null);
        byte[] noChannels = EditedModel.With(model => model.Graph.Output[0].Type.TensorType.Shape.Dim[1].DimParam = "C");

        Assert.IsNull(OnnxDeclaration.TryRead(noShape));
        foreach (byte[] model in (byte[][])[noShape, noChannels])
            Assert.AreEqual(3, OnnxModelInfo.Of(OnnxModelSource.Of(model)).ClassCount);
    }

    [TestMethod]
    public void Of_ModelThatCannotBeRun_IsRefusedWhenItsSessionIsOpened()
    {
        byte[] model = EditedModel.With(proto => proto.Graph.Node[0].OpType = "NoSuchOperator");
        var source = OnnxModelSource.Of(model);
        OnnxModelInfo info = OnnxModelInfo.Of(source);

        string message = Assert.ThrowsExactly<InvalidDataException>(
            () => OnnxSession.Open(
                source, info, output: null, scores: null, TestGraphs.OneThread, ExecutionDevice.Cpu, "owner")).Message;

        StringAssert.Contains(message, "NoSuchOperator");
        Assert.ThrowsExactly<InvalidDataException>(() => SegmentationModel.Load(model));
        Assert.ThrowsExactly<InvalidDataException>(() => OnnxModelInfo.FromBytes(model));
    }

    /// <summary>The first weights of a model as an input of its graph, as IR version 3 wanted it.</summary>
    private static ValueInfoProto WeightsOf(ModelProto model)
    {
        TensorProto tensor = model.Graph.Initializer[0];
        var shape = new TensorShapeProto();
        foreach (long size in tensor.Dims) shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = shape } };
        return new ValueInfoProto { Name = tensor.Name, Type = type };
    }
}
