namespace MLSegmentation.Training.Onnx;

/// <summary>One dimension of a graph's input or output: a size, or a name for a size that is free.</summary>
public readonly record struct OnnxDimension
{
    private OnnxDimension(long size, string? name) => (Size, Name) = (size, name);

    /// <summary>The size, or -1 where it is free.</summary>
    public long Size { get; }

    /// <summary>The name of a free dimension, such as <c>N</c>; null where the size is fixed.</summary>
    public string? Name { get; }

    /// <summary>A fixed size.</summary>
    public static implicit operator OnnxDimension(long size) => new(size, null);

    /// <summary>A free size; equal names are equal sizes.</summary>
    public static implicit operator OnnxDimension(string name) => new(-1, name);
}
