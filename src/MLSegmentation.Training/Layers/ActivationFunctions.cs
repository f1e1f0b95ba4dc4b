using MLSegmentation.Training.Onnx;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Layers;

/// <summary>What each <see cref="Activation"/> computes and which node it becomes.</summary>
internal static class ActivationFunctions
{
    /// <summary>Applies the activation in place.</summary>
    public static Tensor Apply(this Activation activation, Tensor value) =>
        activation == Activation.Linear ? value : value.relu_();

    /// <summary>Writes the activation of a value and returns the name of the result.</summary>
    public static string Emit(this Activation activation, OnnxGraphBuilder onnx, string value) =>
        activation == Activation.Linear ? value : onnx.Node("Relu", [value]);
}
