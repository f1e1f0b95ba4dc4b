using System.Text;
using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// One layer says everything about itself, once: its output shape, its weights, what it computes with TorchSharp and which ONNX
/// nodes it becomes. Training, shape inference, <see cref="LayerGraph.Summary"/> and export all walk the same layers, so what is
/// trained and what is exported cannot differ. A new layer is one subclass.
/// </summary>
public abstract class Layer
{
    /// <summary>The layer's name, unique in its graph; null gives it Keras's default: <c>conv2d</c>, <c>conv2d_1</c>, …</summary>
    public string? Name { get; init; }

    /// <summary>False freezes the layer: training leaves its weights and statistics as they are. Default true.</summary>
    public bool IsTrainable { get; set; } = true;

    /// <summary>Whether training gives it other values each time, as dropout does. Default false.</summary>
    public virtual bool IsRandom => false;

    /// <summary>The layer's name in messages and tables: its own, or its type's in Keras's snake case.</summary>
    public string DisplayName => Name ?? DefaultName;

    /// <summary>Keras's default name for this type of layer, such as <c>conv2d_transpose</c>.</summary>
    public virtual string DefaultName => SnakeCase(GetType().Name);

    /// <summary>What the layer does in a training that computes in bfloat16. Default <see cref="BFloat16Use.Never"/>.</summary>
    public virtual BFloat16Use BFloat16 => BFloat16Use.Never;

    /// <summary>
    /// The number that height and width are divided by, such as the stride of a convolution. Default 1. What sizes a network
    /// takes follows from it (<see cref="LayerGraph.SizeMultiple"/>).
    /// </summary>
    public virtual long Downsampling => 1;

    /// <summary>
    /// The number that height and width are multiplied by, such as the stride of a transposed convolution. Default 1.
    /// </summary>
    public virtual long Upsampling => 1;

    /// <summary>The stage of an encoder that the layer belongs to, from 1; 0 outside of one. The encoder notes it.</summary>
    internal int EncoderStage { get; set; }

    /// <summary>The shape that this layer makes of its inputs' shapes.</summary>
    /// <exception cref="ArgumentException">The layer cannot take these shapes; the message says why.</exception>
    public abstract Shape InferShape(IReadOnlyList<Shape> inputs);

    /// <summary>The weights the layer has for inputs of these shapes, in Keras's order; none by default.</summary>
    public virtual IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs) => [];

    /// <summary>
    /// Floating point operations for one sample, a multiplication and an addition counted as two; 0 by default.
    /// </summary>
    public virtual long CountFlops(IReadOnlyList<Shape> inputs, Shape output) => 0;

    /// <summary>Computes the layer. Feature maps are (batch, channels, height, width).</summary>
    /// <param name="inputs">The values it is applied to.</param>
    /// <param name="weights">Its weights, in the order of <see cref="Weights"/>.</param>
    /// <param name="isTraining">True in training, where Dropout drops and BatchNormalization uses the batch's statistics.</param>
    public abstract Tensor Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> weights, bool isTraining);

    /// <summary>Writes the layer's inference as ONNX nodes.</summary>
    /// <param name="onnx">The graph being written.</param>
    /// <param name="inputs">Names of the values it is applied to.</param>
    /// <param name="shapes">Their shapes; heights and widths may be free.</param>
    /// <param name="weights">Names of its weights, in the order of <see cref="Weights"/>.</param>
    /// <returns>The name of the result.</returns>
    public abstract string Emit(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights);

    /// <summary>Writes the same and which channel of each pixel has the largest value, the first of equal ones.</summary>
    /// <inheritdoc cref="Emit"/>
    /// <returns>The names of the result and of the channels' numbers [N, 1, H, W], of any type of number.</returns>
    public virtual (string Result, string Best) EmitWithArgMax(
        OnnxGraphBuilder onnx, IReadOnlyList<string> inputs, IReadOnlyList<Shape> shapes, IReadOnlyList<string> weights)
    {
        string result = Emit(onnx, inputs, shapes, weights);
        return (result, onnx.Node("ArgMax", [result], ("axis", 1L)));
    }

    /// <summary>Applies the layer to values of a graph. Applied again, it shares its weights.</summary>
    /// <exception cref="ArgumentException">
    /// The layer cannot take the values' shapes; the message names the layer and the shapes.
    /// </exception>
    public SymbolicTensor Apply(params SymbolicTensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return new SymbolicTensor(this, inputs);
    }

    /// <summary>Throws unless there is one input and it is a feature map.</summary>
    protected static Shape SingleMap(IReadOnlyList<Shape> inputs)
    {
        Shape input = Single(inputs);
        return input.IsVector ? throw new ArgumentException("it takes a feature map, not a vector") : input;
    }

    /// <summary>Throws unless there is one input.</summary>
    protected static Shape Single(IReadOnlyList<Shape> inputs) =>
        inputs.Count == 1 ? inputs[0] : throw new ArgumentException($"it takes one input, not {inputs.Count}");

    private static string SnakeCase(string typeName)
    {
        var name = new StringBuilder();
        for (int i = 0; i < typeName.Length; i++)
        {
            char c = typeName[i];
            bool isDimension = c == 'D' && i > 0 && char.IsDigit(typeName[i - 1]);
            if (char.IsUpper(c) && i > 0 && !isDimension) name.Append('_');
            name.Append(char.ToLowerInvariant(c));
        }
        return name.ToString();
    }
}
