using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace MLSegmentation.Training.Tests;

/// <summary>Runs an ONNX graph on a Torch tensor.</summary>
internal static class OnnxRun
{
    public static Tensor Single(InferenceSession session, Tensor input) => All(session, input)[session.OutputNames[0]];

    /// <summary>Every output by its name: floats, bytes or 64-bit integers.</summary>
    public static IReadOnlyDictionary<string, Tensor> All(InferenceSession session, Tensor input)
    {
        float[] values = MemoryMarshal.Cast<byte, float>(input.contiguous().bytes).ToArray();
        using var x = OrtValue.CreateTensorValueFromMemory(values, input.shape);
        using var options = new RunOptions();
        using var outputs = session.Run(options, [session.InputNames[0]], [x], session.OutputNames);
        return session.OutputNames.Zip(outputs).ToDictionary(output => output.First, output => ToTensor(output.Second));
    }

    private static Tensor ToTensor(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        return info.ElementDataType switch
        {
            TensorElementType.UInt8 => tensor(value.GetTensorDataAsSpan<byte>().ToArray(), info.Shape),
            TensorElementType.Int64 => tensor(value.GetTensorDataAsSpan<long>().ToArray(), info.Shape),
            _ => tensor(value.GetTensorDataAsSpan<float>().ToArray(), info.Shape),
        };
    }
}
