using System.Runtime.InteropServices;

namespace MLSegmentation;

/// <summary>
/// Memory for the values of one image after the other. Memory for usual images is kept from image to image; memory for larger
/// ones is the system's again as soon as it is freed, or a smaller one is asked for.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed unsafe class ResultBuffer<T>
    where T : unmanaged
{
    private const long MostKeptBytes = 128 << 20;

    private T[] _kept = [];
    private T* _large;
    private int _largeLength;

    ~ResultBuffer() => FreeLarge();

    /// <summary>
    /// Room for that many values, the same until more or fewer are asked for; they are zero at first, and then whatever was
    /// written last.
    /// </summary>
    public Span<T> Of(int length)
    {
        if ((long)length * sizeof(T) <= MostKeptBytes)
        {
            FreeLarge();
            if (_kept.Length < length) _kept = new T[length];
            return _kept.AsSpan(0, length);
        }
        if (_largeLength < length)
        {
            FreeLarge();
            _large = (T*)NativeMemory.AllocZeroed((nuint)length, (nuint)sizeof(T));
            _largeLength = length;
            GC.AddMemoryPressure((long)length * sizeof(T));
        }
        return new Span<T>(_large, length);
    }

    /// <summary>Sets everything that there is to zero.</summary>
    public void Clear()
    {
        _kept.AsSpan().Clear();
        new Span<T>(_large, _largeLength).Clear();
    }

    /// <summary>Frees what a large image took.</summary>
    public void FreeLarge()
    {
        if (_large is null) return;
        NativeMemory.Free(_large);
        GC.RemoveMemoryPressure((long)_largeLength * sizeof(T));
        _large = null;
        _largeLength = 0;
    }
}
