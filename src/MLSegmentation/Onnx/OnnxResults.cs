using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>
/// The outputs of a run, in the order in which they were asked for. Disposing of the session waits until this is disposed of.
/// </summary>
/// <param name="values">The outputs.</param>
/// <param name="end">Says that nobody reads them any more.</param>
internal sealed class OnnxResults(IDisposableReadOnlyCollection<OrtValue> values, Action end) : IDisposable
{
    public int Count => values.Count;

    public OrtValue this[int index] => values[index];

    public void Dispose()
    {
        values.Dispose();
        end();
    }
}
