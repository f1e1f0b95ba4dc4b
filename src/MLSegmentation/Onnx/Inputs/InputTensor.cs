using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>Images as a graph takes them, for one run.</summary>
/// <param name="value">The tensor.</param>
/// <param name="giveBack">Takes its memory back.</param>
internal sealed class InputTensor(OrtValue value, Action? giveBack) : IDisposable
{
    public OrtValue Value => value;

    public void Dispose()
    {
        value.Dispose();
        giveBack?.Invoke();
    }
}
