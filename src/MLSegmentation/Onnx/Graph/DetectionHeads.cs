namespace MLSegmentation;

/// <summary>
/// Tells the heads of a detector, before boxes are made of them, from scores of pixels: YOLO of versions 3 to 7.
/// </summary>
/// <param name="outputs">The graph's outputs.</param>
/// <param name="input">The form in which it takes images.</param>
internal sealed class DetectionHeads(IReadOnlyList<OnnxValueInfo> outputs, ImageInputFormat input)
{
    // For each of the three anchors: four sides of a box, whether there is one, and at least one class.
    private const int Anchors = 3, FewestValues = 4 + 1 + 1, FewestHeads = 2, MostHeads = 4;

    // Deep supervision begins with the whole image.
    private const int FinestStride = 8;

    /// <summary>What the model is where all its outputs are such heads; else null.</summary>
    /// <param name="classes">How many classes are known; 0 where none are.</param>
    public OtherModel? Find(int classes)
    {
        if (outputs.Count is < FewestHeads or > MostHeads || !outputs.All(output => output.Dimensions.Count == 4)) return null;
        (int Channels, int Height, int Width)[] heads =
            [.. outputs.Select(SizesOf).OrderByDescending(head => head.Height)];
        int channels = heads[0].Channels;
        if (channels == classes || channels % Anchors != 0 || channels < Anchors * FewestValues) return null;
        if (!IsAtStride(heads[0])) return null;
        for (int i = 1; i < heads.Length; i++)
        {
            (int Channels, int Height, int Width) finer = heads[i - 1];
            if (heads[i] != (channels, finer.Height / 2, finer.Width / 2)) return null;
        }
        return new OtherModel(
            $"finds boxes: its outputs ({string.Join("; ", outputs)}) are heads of one number of channels and falling sizes, "
            + $"as those of YOLO. {OtherModels.Instead} Where one of them does hold scores of classes, set Output to its name.");
    }

    private (int Channels, int Height, int Width) SizesOf(OnnxValueInfo output) =>
        input.Layout == TensorLayout.ChannelsFirst
            ? (output.Dimensions[1], output.Dimensions[2], output.Dimensions[3])
            : (output.Dimensions[3], output.Dimensions[1], output.Dimensions[2]);

    private bool IsAtStride((int Channels, int Height, int Width) head) =>
        head is { Height: > 1, Width: > 1 } && input.Height is { } height && input.Width is { } width
        && height / head.Height >= FinestStride && width / head.Width >= FinestStride;
}
