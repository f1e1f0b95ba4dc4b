using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLSegmentation;

/// <summary>Reads a graph's answer of single or half precision as floats. Of several images it is that of the first.</summary>
internal static class AnswerReader
{
    /// <summary>Whether numbers of that type are read.</summary>
    public static bool CanRead(Type element) => element == typeof(float) || element == typeof(Float16);

    /// <summary>The numbers in their order.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="numbers">Receives as many as it has room for.</param>
    public static void Read(OrtValue answer, Span<float> numbers) => Read(answer, TensorLayout.ChannelsFirst, 1, numbers);

    /// <summary>The planes of an image.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="layout">Where its channels lie.</param>
    /// <param name="channels">C.</param>
    /// <param name="planes">Receives [C,H,W].</param>
    public static void Read(OrtValue answer, TensorLayout layout, int channels, Span<float> planes)
    {
        if (answer.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float16)
            Copy(MemoryMarshal.Cast<Float16, Half>(answer.GetTensorDataAsSpan<Float16>()), layout, channels, planes);
        else
            Copy(answer.GetTensorDataAsSpan<float>(), layout, channels, planes);
    }

    private static void Copy<T>(ReadOnlySpan<T> values, TensorLayout layout, int channels, Span<float> planes)
        where T : unmanaged, INumberBase<T>
    {
        values = values[..planes.Length];
        if (layout == TensorLayout.ChannelsFirst) ScorePlanes.FromPlanes(values, planes);
        else ScorePlanes.FromPixels(values, channels, planes);
    }
}
