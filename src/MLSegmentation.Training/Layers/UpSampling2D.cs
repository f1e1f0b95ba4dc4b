using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Layers;

/// <summary>Upsampling without weights (Keras <c>UpSampling2D</c>): (C, H, W) to (C, H·size, W·size).</summary>
/// <param name="size">How many rows and columns one becomes.</param>
/// <param name="interpolation">Default <see cref="Interpolation.Nearest"/>, Keras's.</param>
public sealed class UpSampling2D(long size, Interpolation interpolation = Interpolation.Nearest) : Layer
{
    /// <inheritdoc/>
    public override string DefaultName => "up_sampling2d";

    /// <inheritdoc/>
    public override long Upsampling => size;

    /// <inheritdoc/>
    public override BFloat16Use BFloat16 => BFloat16Use.Keeps;

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        Shape input = SingleMap(inputs);
        long Scaled(long n) => n == Shape.Any ? Shape.Any : n * size;
        return Shape.Map(input.Channels, Scaled(input.Width), Scaled(input.Height));
    }

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining) =>
        interpolation == Interpolation.Bilinear
            ? F.interpolate(inputs[0], scale_factor: [size, size], mode: InterpolationMode.Bilinear, align_corners: false)
            : F.interpolate(inputs[0], scale_factor: [size, size], mode: InterpolationMode.Nearest);

    /// <inheritdoc/>
    public override string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        string scales = onnx.Initializer($"{onnx.Scope}/scales", [4], [1f, 1f, size, size]);
        return interpolation == Interpolation.Bilinear
            ? onnx.Node("Resize", [inputs[0], "", scales], ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel"))
            : onnx.Node("Resize", [inputs[0], "", scales], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"),
                ("nearest_mode", "floor"));
    }
}
