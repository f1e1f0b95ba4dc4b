using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// A transposed convolution as a convolution and a rearrangement (Shi et al. 2016, "Is the deconvolution layer the same as a
/// convolutional layer?"): each of the s×s places within a stride becomes a channel, and <c>DepthToSpace</c> puts them in their
/// place. A kernel of 16×16 with stride 8 that makes 21×512×512 of 96×64×64 is a convolution of 2×2 that makes 1344×65×65, then
/// 21×520×520, of which 4 are taken off each side. ONNX Runtime's <c>ConvTranspose</c> writes every product of kernel and input
/// to memory before it adds them up, (k/s)² times the result.
/// </summary>
/// <param name="kernel">The kernel C×F×K×K: C, F and its sides, multiples of the stride.</param>
/// <param name="stride">At least 2.</param>
/// <param name="rows">What is taken off the full result above and below.</param>
/// <param name="columns">What is taken off left and right.</param>
internal sealed class SubPixelConvolution(
    (long Channels, long Filters, long Height, long Width) kernel, long stride, (long Before, long After) rows,
    (long Before, long After) columns)
{
    private readonly long _down = kernel.Height / stride, _across = kernel.Width / stride, _places = stride * stride;

    /// <summary>Whether a kernel is spread evenly over the places: its size is a multiple of the stride.</summary>
    public static bool Fits(Window window) =>
        window.Stride > 1 && window.Height % window.Stride == 0 && window.Width % window.Stride == 0;

    /// <summary>
    /// Adds the nodes; those that rearrange weights have constant inputs, so that a runtime computes them when it loads the
    /// model.
    /// </summary>
    /// <param name="onnx">The graph.</param>
    /// <param name="x">The input, C×H×W.</param>
    /// <param name="weights">The kernel and a bias of F values or none.</param>
    /// <returns>The name of the result.</returns>
    public string Emit(OnnxGraphBuilder onnx, string x, IReadOnlyList<string> weights)
    {
        string taps = Reshape(
            onnx, Turn(onnx, weights[0], perm: [1, 3, 5, 0, 2, 4]), [kernel.Filters * _places, kernel.Channels, _down, _across]);
        return Arrange(onnx, Convolve(onnx, x, taps, RepeatBias(onnx, weights, _places)));
    }

    /// <summary>
    /// Adds the same and the best channel of each pixel, which is found before the rearrangement, where it moves one value a
    /// pixel and not one a channel; and for one row of places after the other, so that whoever wants the best channels alone
    /// never has all values in memory.
    /// </summary>
    /// <returns>The names of the result and of the best channels, as float numbers 1×H×W.</returns>
    public (string Result, string Best) EmitWithArgMax(OnnxGraphBuilder onnx, string x, IReadOnlyList<string> weights)
    {
        long filters = kernel.Filters * stride;
        string taps = Reshape(
            onnx, Turn(onnx, weights[0], perm: [3, 1, 5, 0, 2, 4]), [filters * stride, kernel.Channels, _down, _across]);
        string[] bias = RepeatBias(onnx, weights, stride);
        string size = "";
        var (values, best) = (new List<string>(), new List<string>());
        for (long row = 0; row < stride; row++)
        {
            string y = Convolve(onnx, x, Slice(onnx, taps, [row * filters], [(row + 1) * filters], axes: [0], steps: [1]), bias);
            if (row == 0) size = onnx.Node("Shape", [y], ("start", 2L));
            values.Add(Reshape(onnx, y, [0, kernel.Filters, -1]));
            string channels = onnx.Node("ArgMax", [values[^1]], ("axis", 1L));
            best.Add(onnx.Node("Cast", [channels], ("to", (long)OnnxElementType.Float)));
        }
        return (ArrangeRows(values, kernel.Filters), ArrangeRows(best, 1));

        string ArrangeRows(List<string> parts, long channels)
        {
            string shape = onnx.Node("Concat", [Integers(onnx, "places", [-1, channels * _places]), size], ("axis", 0L));
            return Arrange(onnx, onnx.Node("Reshape", [onnx.Node("Concat", parts, ("axis", 2L)), shape]));
        }
    }

    /// <summary>
    /// The kernel in the order of its axes (channel, filter, row, place down, column, place across), permuted, its taps turned
    /// round.
    /// </summary>
    private string Turn(OnnxGraphBuilder onnx, string weights, long[] perm)
    {
        string split = Reshape(onnx, weights, [kernel.Channels, kernel.Filters, _down, stride, _across, stride]);
        string turned = onnx.Node("Transpose", [split], ("perm", perm));

        // An input value meets the kernel's first tap at its own place and the last one furthest down, a convolution the other
        // way round; the smallest number there is ends before the first.
        return Slice(onnx, turned, starts: [-1, -1], ends: [long.MinValue, long.MinValue], axes: [4, 5], steps: [-1, -1]);
    }

    private string Convolve(OnnxGraphBuilder onnx, string x, string taps, string[] bias) => onnx.Node(
        "Conv", [x, taps, .. bias], ("kernel_shape", new[] { _down, _across }),
        ("pads", new[] { _down - 1, _across - 1, _down - 1, _across - 1 }));

    private string Arrange(OnnxGraphBuilder onnx, string places)
    {
        string y = onnx.Node("DepthToSpace", [places], ("blocksize", stride), ("mode", "CRD"));
        if (rows is (0, 0) && columns is (0, 0)) return y;
        return Slice(onnx, y, [rows.Before, columns.Before], [End(rows.After), End(columns.After)], axes: [2, 3], steps: [1, 1]);
    }

    private static long End(long cropping) => cropping == 0 ? long.MaxValue : -cropping;

    private string[] RepeatBias(OnnxGraphBuilder onnx, IReadOnlyList<string> weights, long times)
    {
        if (weights.Count == 1) return [];
        string column = Reshape(onnx, weights[1], [kernel.Filters, 1]);
        string repeated = onnx.Node("Expand", [column, Integers(onnx, "shape", [kernel.Filters, times])]);
        return [Reshape(onnx, repeated, [kernel.Filters * times])];
    }

    private static string Reshape(OnnxGraphBuilder onnx, string value, long[] shape) =>
        onnx.Node("Reshape", [value, Integers(onnx, "shape", shape)]);

    private static string Slice(OnnxGraphBuilder onnx, string value, long[] starts, long[] ends, long[] axes, long[] steps) =>
        onnx.Node(
            "Slice",
            [value, Integers(onnx, "starts", starts), Integers(
                onnx, "ends", ends), Integers(onnx, "axes", axes), Integers(onnx, "steps", steps)]);

    private static string Integers(OnnxGraphBuilder onnx, string name, long[] values) =>
        onnx.Initializer($"{onnx.Scope}/{name}", [values.Length], values);
}
