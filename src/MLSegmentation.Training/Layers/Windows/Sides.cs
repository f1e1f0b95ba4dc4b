namespace MLSegmentation.Training.Layers;

/// <summary>Rows and columns that are put around a feature map, or taken off it.</summary>
internal readonly record struct Sides(long Top, long Left, long Bottom, long Right)
{
    /// <summary>Whether opposite sides are alike, which is all that Torch's own padding can do.</summary>
    public bool AreEven => Top == Bottom && Left == Right;

    /// <summary>In the order of ONNX's attribute <c>pads</c>.</summary>
    public long[] ToOnnx() => [Top, Left, Bottom, Right];
}
