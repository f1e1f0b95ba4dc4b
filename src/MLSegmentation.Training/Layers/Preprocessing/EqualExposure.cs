using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// Every place of an image at one brightness and one contrast, those of the 65×65 pixels around it: (C, H, W) to (C, H, W). Dark
/// and bright photographs of one thing become alike, and so do the lit and the shaded side of one. Brightness is the mean of the
/// channels, whose differences stay. It has no weights. The values 90 and 110 alone become 115 - 50·10/11 and 115 + 50·10/11.
/// </summary>
internal sealed class EqualExposure : Layer
{
    // A quarter of 256 pixels; odd, so that the place is in the middle.
    private const long Window = 65;

    // About what photographs have, for which the encoders' weights were made, on a scale of 0 to 255.
    private const float Mean = 115, Deviation = 50;

    // Added to the window's own deviation, on the same scale: an even place has hardly any, and no noise is to become a texture.
    private const float Least = 1;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => SingleMap(inputs);

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining)
    {
        // Columns, then rows: beyond the border nothing counts.
        static Tensor Line(Tensor x, long rows, long columns) => F.avg_pool2d(
            x, [rows, columns], [1L, 1L], [rows / 2, columns / 2], ceil_mode: false, count_include_pad: false);
        static Tensor Average(Tensor x) => Line(Line(x, Window, 1), 1, Window);

        Tensor brightness = inputs[0].mean([1], keepdim: true), mean = Average(brightness);
        Tensor variance = (Average(brightness.square()) - mean.square()).AtLeast(0);
        return (inputs[0] - mean).div_(variance.sqrt().PlusInPlace(Least)).TimesInPlace(Deviation).PlusInPlace(Mean);
    }

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        string Constant(string name, float value) => onnx.Initializer($"{onnx.Scope}/{name}", [1], [value]);
        string Line(string x, long rows, long columns) => onnx.Node(
            "AveragePool", [x], ("kernel_shape", new[] { rows, columns }), ("strides", new[] { 1L, 1L }),
            ("pads", new[] { rows / 2, columns / 2, rows / 2, columns / 2 }), ("count_include_pad", 0L));
        string Average(string x) => Line(Line(x, Window, 1), 1, Window);

        string brightness = onnx.Node("ReduceMean", inputs, ("axes", new[] { 1L }), ("keepdims", 1L)), mean = Average(brightness);
        string squares = Average(onnx.Node("Mul", [brightness, brightness]));
        string variance = onnx.Node("Max", [onnx.Node("Sub", [squares, onnx.Node("Mul", [mean, mean])]), Constant("none", 0)]);
        string deviation = onnx.Node("Add", [onnx.Node("Sqrt", [variance]), Constant("least", Least)]);
        string centred = onnx.Node("Sub", [inputs[0], mean]);
        string scaled = onnx.Node("Mul", [onnx.Node("Div", [centred, deviation]), Constant("deviation", Deviation)]);
        return onnx.Node("Add", [scaled, Constant("mean", Mean)]);
    }
}
