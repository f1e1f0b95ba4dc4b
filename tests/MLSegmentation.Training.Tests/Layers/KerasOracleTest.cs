using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>Both interpreters of a layer against values from an independent implementation of Keras.</summary>
[TestClass]
public sealed class KerasOracleTest
{
    private const double Tolerance = 1e-4;
    private static IReadOnlyList<KerasLayerCase> _cases = [];

    [ClassInitialize]
    public static void LoadCases(TestContext _)
    {
        _cases = KerasLayerCase.LoadAll();
        Assert.HasCount(104, _cases);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Forward_EveryKerasCase_Agrees(bool isFreeSize) => CheckAll(isFreeSize, (network, input, _) =>
    {
        using var noGradients = no_grad();
        return network.call(input)[0];
    });

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Emit_EveryKerasCaseInOnnxRuntime_Agrees(bool isFreeSize) => CheckAll(isFreeSize, (network, input, shape) =>
    {
        var onnx = new OnnxGraphBuilder("layer");
        string x = onnx.Input("x", OnnxElementType.Float, GraphExporter.Dimensions(shape));
        var (name, outputShape) = GraphExporter.Write(network, onnx, x, shape)[0];
        onnx.Output("y", name, OnnxElementType.Float, GraphExporter.Dimensions(outputShape));
        using var session = new InferenceSession(onnx.ToModel(new Dictionary<string, string>()));
        return OnnxRun.Single(session, input);
    });

    [TestMethod]
    public void InferShape_EveryKerasCase_EqualsKerasShape()
    {
        foreach (KerasLayerCase @case in _cases)
        {
            Shape shape = @case.Create().InferShape([@case.InputShape(isFree: false)]);
            long[] y = @case.YShapeNhwc;
            Assert.AreEqual(Shape.Map(y[3], y[2], y[1]), shape, @case.ToString());
        }
    }

    private static void CheckAll(bool isFreeSize, Func<TorchNetwork, Tensor, Shape, Tensor> compute)
    {
        var failures = new List<string>();
        foreach (KerasLayerCase @case in _cases)
        {
            using var scope = NewDisposeScope();
            Layer layer = @case.Create();
            Shape shape = @case.InputShape(isFreeSize);
            SymbolicTensor input = SymbolicTensor.Input(shape);
            using var network = new TorchNetwork(new LayerGraph("layer", [input], [layer.Apply(input)]));
            using (no_grad())
            {
                foreach (var (weight, values) in network.WeightsOf(layer).Zip(@case.Weights())) weight.copy_(values);
            }

            Tensor expected = @case.Expected(), actual = compute(network, @case.Input(), shape);
            if (!expected.shape.SequenceEqual(actual.shape))
                failures.Add($"{@case}: shape {string.Join("x", actual.shape)}, expected {string.Join("x", expected.shape)}");
            else if ((expected - actual).abs().max().item<float>() is var difference and not <= (float)Tolerance)
                failures.Add($"{@case}: differs by {difference}");
        }
        Assert.IsEmpty(failures, string.Join("\n", failures));
    }
}
