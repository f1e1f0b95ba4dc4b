using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// Every image at one mean and one deviation, over its pixels and channels together: (C, H, W) to (C, H, W). Dark and bright
/// photographs of one thing become alike. It has no weights. The values 90 and 110 become 115 - 50·10/11 and 115 + 50·10/11.
/// </summary>
internal sealed class EqualExposure : Layer
{
    // About what photographs have, for which the encoders' weights were made, on a scale of 0 to 255.
    private const float Mean = 115, Deviation = 50;

    // Added to the image's own deviation, on the same scale: an even image has hardly any, and no noise is to become a texture.
    private const float Least = 1;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => SingleMap(inputs);

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        long[] axes = [1, 2, 3];
        Tensor centred = inputs[0] - inputs[0].mean(axes, keepdim: true);
        Tensor deviation = centred.square().mean(axes, keepdim: true).sqrt().PlusInPlace(Least);
        return centred.div_(deviation).TimesInPlace(Deviation).PlusInPlace(Mean);
    }

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        long[] axes = [1, 2, 3];
        string Constant(string name, float value) => onnx.Initializer($"{onnx.Scope}/{name}", [1], [value]);
        string centred = onnx.Node("Sub", [inputs[0], onnx.Node("ReduceMean", inputs, ("axes", axes))]);
        string variance = onnx.Node("ReduceMean", [onnx.Node("Mul", [centred, centred])], ("axes", axes));
        string deviation = onnx.Node("Add", [onnx.Node("Sqrt", [variance]), Constant("least", Least)]);
        string scaled = onnx.Node("Mul", [onnx.Node("Div", [centred, deviation]), Constant("deviation", Deviation)]);
        return onnx.Node("Add", [scaled, Constant("mean", Mean)]);
    }
}
