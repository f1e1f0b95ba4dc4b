using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>What the convolutions share: a kernel that moves by a stride, a bias and an activation.</summary>
public abstract class Convolution : Layer
{
    private readonly long _kernelWidth, _kernelHeight;

    private protected Convolution(long kernelWidth, long kernelHeight) =>
        (_kernelWidth, _kernelHeight) = (kernelWidth, kernelHeight);

    /// <summary>
    /// Rows and columns from one position of the kernel on the input to the next. In a transposed convolution they are those
    /// between what two neighbouring input values become in the result. Default 1.
    /// </summary>
    public long Stride { get; init; } = 1;

    /// <summary>Default <see cref="PaddingKind.Same"/>, unlike Keras, whose default is VALID.</summary>
    public PaddingKind Padding { get; init; } = PaddingKind.Same;

    /// <summary>Default <see cref="Activation.Linear"/>.</summary>
    public Activation Activation { get; init; }

    /// <summary>Whether a bias is added. Default true.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>How the kernel begins. Default null: <see cref="Initializer.GlorotUniform"/>, as in Keras.</summary>
    public Initializer? KernelInitializer { get; init; }

    /// <inheritdoc/>
    public override BFloat16Use BFloat16 => BFloat16Use.Rounds;

    private protected virtual Window Window => new(_kernelHeight, _kernelWidth, Stride, Padding);

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSpec> Weights(IReadOnlyList<Shape> inputs)
    {
        WeightSpec kernel = Kernel(inputs[0].Channels);
        return UseBias ? [kernel, new WeightSpec("bias", [InferShape(inputs).Channels], Initializer.Zeros)] : [kernel];
    }

    /// <summary>The kernel for an input of so many channels.</summary>
    private protected abstract WeightSpec Kernel(long channels);

    /// <summary>A kernel of this layer.</summary>
    /// <param name="name">Keras's name of it.</param>
    /// <param name="dimensions">Its shape in Torch.</param>
    /// <param name="keras">Its shape in Keras: height, width and two numbers that tell what goes in and what comes out.</param>
    /// <param name="axes">As in <see cref="KerasLayout"/>.</param>
    private protected WeightSpec Kernel(string name, long[] dimensions, long[] keras, int[] axes) =>
        new(name, dimensions, KernelInitializer ?? Initializer.GlorotUniform(keras[2] * Window.Area, keras[3] * Window.Area))
        {
            TorchName = "weight",
            Keras = new KerasLayout(keras, axes),
        };

    /// <summary>The bias among the weights; null without one.</summary>
    private protected Tensor? Bias(IReadOnlyList<Tensor> weights) => UseBias ? weights[1] : null;
}
