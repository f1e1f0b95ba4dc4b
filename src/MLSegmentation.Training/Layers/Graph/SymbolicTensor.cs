namespace MLSegmentation.Training.Layers;

/// <summary>
/// A value in a network that is being described: the result of a layer applied to other values, as Keras's functional style has
/// it. It holds no numbers, only a shape. <c>a + b</c> adds two of them.
/// </summary>
public sealed class SymbolicTensor
{
    internal SymbolicTensor(Layer layer, IReadOnlyList<SymbolicTensor> inputs)
    {
        (Layer, Inputs) = (layer, inputs);
        Shape = InferShape([.. inputs.Select(input => input.Shape)]);
    }

    /// <summary>The layer whose result this is.</summary>
    public Layer Layer { get; }

    /// <summary>What the layer was applied to.</summary>
    public IReadOnlyList<SymbolicTensor> Inputs { get; }

    /// <summary>The value's shape, without the batch.</summary>
    public Shape Shape { get; }

    /// <summary>A value that a network is given.</summary>
    public static SymbolicTensor Input(Shape shape, string name = "image") => new InputLayer(shape) { Name = name }.Apply();

    /// <summary>The sum of two values, by an <see cref="Add"/> layer.</summary>
    public static SymbolicTensor operator +(SymbolicTensor left, SymbolicTensor right) => new Add().Apply(left, right);

    internal Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        try
        {
            return Layer.InferShape(inputs);
        }
        catch (ArgumentException error)
        {
            string shapes = string.Join(" and ", inputs);
            throw new ArgumentException(
                $"Layer '{Layer.DisplayName}' ({Layer.GetType().Name}) cannot be applied to {shapes}: {error.Message}.", error);
        }
    }
}
