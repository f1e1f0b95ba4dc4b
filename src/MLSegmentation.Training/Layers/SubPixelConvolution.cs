using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// A transposed convolution as a convolution and a rearrangement (Shi et al. 2016, "Is the deconvolution layer the same as a convolutional
/// layer?"): each of the s×s places within a stride becomes a channel, and <c>DepthToSpace</c> puts them in their place. A kernel of 16×16 with
/// stride 8 that makes 21×512×512 of 96×64×64 is a convolution of 2×2 that makes 1344×65×65, then 21×520×520, of which 4 are taken off each side.
/// ONNX Runtime's <c>ConvTranspose</c> writes every product of kernel and input to memory before it adds them up, (k/s)² times the result.
/// </summary>
internal static class SubPixelConvolution
{
    /// <summary>Whether a kernel is spread evenly over the places: its size is a multiple of the stride.</summary>
    public static bool Fits(long kernelHeight, long kernelWidth, long stride) =>
        stride > 1 && kernelHeight % stride == 0 && kernelWidth % stride == 0;

    /// <summary>Adds the nodes; those that rearrange weights have constant inputs, so that a runtime computes them when it loads the model.</summary>
    /// <param name="onnx">The graph.</param>
    /// <param name="x">The input, C×H×W.</param>
    /// <param name="weights">The kernel, C×F×K×K, and a bias of F values or none.</param>
    /// <param name="kernel">C, F and the kernel's sides.</param>
    /// <param name="stride">At least 2; the kernel's sides are multiples of it.</param>
    /// <param name="rows">What is taken off the full result above and below.</param>
    /// <param name="columns">What is taken off left and right.</param>
    /// <returns>The name of the result.</returns>
    public static string Emit(
        OnnxGraphBuilder onnx,
        string x,
        IReadOnlyList<string> weights,
        (long Channels, long Filters, long Height, long Width) kernel,
        long stride,
        (long Before, long After) rows,
        (long Before, long After) columns)
    {
        long down = kernel.Height / stride, across = kernel.Width / stride, places = kernel.Filters * stride * stride;
        string split = Reshape(onnx, weights[0], [kernel.Channels, kernel.Filters, down, stride, across, stride]);
        string turned = onnx.Node("Transpose", [split], ("perm", new long[] { 1, 3, 5, 0, 2, 4 }));

        // An input value meets the kernel's first tap at its own place and the last one furthest down, a convolution the other way round; the
        // smallest number there is ends before the first.
        string taps = Slice(onnx, turned, starts: [-1, -1], ends: [long.MinValue, long.MinValue], axes: [4, 5], steps: [-1, -1]);
        string[] inputs = [x, Reshape(onnx, taps, [places, kernel.Channels, down, across])];
        if (weights.Count > 1) inputs = [.. inputs, RepeatBias(onnx, weights[1], kernel.Filters, stride * stride)];

        string y = onnx.Node(
            "Conv", inputs, ("kernel_shape", new[] { down, across }), ("pads", new[] { down - 1, across - 1, down - 1, across - 1 }));
        y = onnx.Node("DepthToSpace", [y], ("blocksize", stride), ("mode", "CRD"));
        if (rows is (0, 0) && columns is (0, 0)) return y;
        return Slice(onnx, y, [rows.Before, columns.Before], [End(rows.After), End(columns.After)], axes: [2, 3], steps: [1, 1]);
    }

    private static long End(long cropping) => cropping == 0 ? long.MaxValue : -cropping;

    private static string RepeatBias(OnnxGraphBuilder onnx, string bias, long filters, long times)
    {
        string column = Reshape(onnx, bias, [filters, 1]);
        string repeated = onnx.Node("Expand", [column, Integers(onnx, "shape", [filters, times])]);
        return Reshape(onnx, repeated, [filters * times]);
    }

    private static string Reshape(OnnxGraphBuilder onnx, string value, long[] shape) =>
        onnx.Node("Reshape", [value, Integers(onnx, "shape", shape)]);

    private static string Slice(OnnxGraphBuilder onnx, string value, long[] starts, long[] ends, long[] axes, long[] steps) =>
        onnx.Node(
            "Slice",
            [value, Integers(onnx, "starts", starts), Integers(onnx, "ends", ends), Integers(onnx, "axes", axes), Integers(onnx, "steps", steps)]);

    private static string Integers(OnnxGraphBuilder onnx, string name, long[] values) =>
        onnx.Initializer($"{onnx.Scope}/{name}", [values.Length], values);
}
