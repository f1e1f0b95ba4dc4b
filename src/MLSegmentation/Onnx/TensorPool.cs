using System.Collections.Concurrent;

namespace MLSegmentation;

/// <summary>Arrays for the images of runs, a few of which are kept from run to run.</summary>
/// <typeparam name="T">The type of a value.</typeparam>
internal sealed class TensorPool<T>
{
    private const int MostTensors = 4, LongestTensor = 1 << 24;
    private readonly ConcurrentBag<T[]> _tensors = [];
    private volatile bool _isClosed;

    /// <summary>An array of at least that length, to be given back by <see cref="Return"/>; it holds any values.</summary>
    public T[] Rent(int length) =>
        _tensors.TryTake(out T[]? tensor) && tensor.Length >= length ? tensor : new T[length];

    /// <summary>
    /// Takes an array for the images of later runs, unless it has more than 16 million values or there are enough.
    /// </summary>
    public void Return(T[] tensor)
    {
        if (!_isClosed && tensor.Length <= LongestTensor && _tensors.Count < MostTensors) _tensors.Add(tensor);
    }

    /// <summary>Keeps none any more.</summary>
    public void Close()
    {
        _isClosed = true;
        _tensors.Clear();
    }
}
