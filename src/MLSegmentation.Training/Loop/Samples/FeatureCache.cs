using System.Runtime.InteropServices;
using MLSegmentation.Training.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// The features of a frozen encoder for every training image and its mirror image: computed when an image is seen first, then
/// read. What trains is then the head alone. On a GPU whose share of memory holds them all they stay there, as tensors.
/// </summary>
internal sealed class FeatureCache : IDisposable
{
    private readonly TorchNetwork _network;
    private readonly Shape[] _shapes;
    private readonly int _length;
    private readonly int _views;
    private readonly long _memory;
    private FeatureStore? _store;
    private Tensor[]?[] _kept = [];

    /// <summary>A cache for a network whose encoder is frozen.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">Training images.</param>
    /// <param name="image">The shape of every image.</param>
    /// <param name="hasFlips">Whether an image's mirror image is shown too.</param>
    /// <param name="memory">Bytes that features may take in memory; the others go into a file.</param>
    /// <param name="keepsTensors">
    /// Whether they may stay where they were computed. Default null: on a GPU, as a processor has them in memory in any case.
    /// </param>
    public FeatureCache(
        TorchNetwork network, int rows, Shape image, bool hasFlips, long memory, bool? keepsTensors = null)
    {
        (_network, _views, _memory) = (network, hasFlips ? 2 : 1, memory);
        var shapes = network.Graph.InferShapes(image);
        _shapes = [.. network.FrozenPart!.Boundary.Select(value => shapes[value])];
        _length = checked((int)_shapes.Sum(shape => shape.Count));
        bool mayKeep = keepsTensors ?? network.Device.type != DeviceType.CPU;
        if (mayKeep && (long)_views * rows * _length * sizeof(float) <= memory) _kept = new Tensor[_views * rows][];
        else _store = new FeatureStore(_views * rows, _length, memory);
    }

    /// <summary>The outputs of the network for a batch, as it would compute them itself.</summary>
    public IReadOnlyList<Tensor> Forward(TrainingBatch batch) =>
        _network.ForwardFrom(_store is null ? Join(batch) : Read(batch, _store));

    /// <summary>
    /// Moves features that are kept on the device to the processor's memory, or a file; whether there were any.
    /// </summary>
    public bool LetGo()
    {
        if (_store is not null) return false;
        var store = new FeatureStore(_kept.Length, _length, _memory);
        float[] features = new float[_length];
        bool hadAny = false;
        for (int slot = 0; slot < _kept.Length; slot++)
        {
            if (_kept[slot] is not { } maps) continue;
            Copy(maps, features);
            store.Write(slot, features);
            foreach (Tensor map in maps) map.Dispose();
            hadAny = true;
        }
        (_kept, _store) = ([], store);
        return hadAny;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _store?.Dispose();
        foreach (Tensor map in _kept.OfType<Tensor[]>().SelectMany(maps => maps)) map.Dispose();
    }

    private int SlotOf(TrainingBatch batch, int index)
    {
        var (row, isFlipped) = batch.Views[index];
        return _views * row + (isFlipped ? 1 : 0);
    }

    private Tensor[] Join(TrainingBatch batch)
    {
        Tensor[][] images = [.. Enumerable.Range(0, batch.Count).Select(i => _kept[SlotOf(batch, i)] ??= Compute(batch, i))];
        return [.. _shapes.Select((_, k) => cat([.. images.Select(maps => maps[k])], 0))];
    }

    private Tensor[] Compute(TrainingBatch batch, int index)
    {
        using var scope = NewDisposeScope();
        return
        [
            .. _network.ForwardFrozen(batch.Single(index).ImageTensor(_network.Device))
                .Select(map => map.DetachFromDisposeScope()),
        ];
    }

    private Tensor[] Read(TrainingBatch batch, FeatureStore store)
    {
        float[] values = new float[batch.Count * _length];
        for (int i = 0; i < batch.Count; i++)
        {
            int slot = SlotOf(batch, i);
            Span<float> features = values.AsSpan(i * _length, _length);
            if (store.TryRead(slot, features)) continue;
            Compute(batch, i, features);
            store.Write(slot, features);
        }
        return Split(values, batch.Count);
    }

    private void Compute(TrainingBatch batch, int index, Span<float> features)
    {
        using var scope = NewDisposeScope();
        Copy(_network.ForwardFrozen(batch.Single(index).ImageTensor(_network.Device)), features);
    }

    /// <summary>The maps one after the other, channels last.</summary>
    private static void Copy(IEnumerable<Tensor> maps, Span<float> features)
    {
        int start = 0;
        foreach (Tensor map in maps)
        {
            using var scope = NewDisposeScope();
            Span<float> values = MemoryMarshal.Cast<byte, float>(map.permute(0, 2, 3, 1).contiguous().cpu().bytes);
            values.CopyTo(features[start..]);
            start += values.Length;
        }
    }

    /// <summary>The maps of a batch, channels last, out of the features of its images one after the other.</summary>
    private Tensor[] Split(float[] values, int count)
    {
        var maps = new Tensor[_shapes.Length];
        int start = 0;
        for (int k = 0; k < maps.Length; k++)
        {
            int size = (int)_shapes[k].Count;
            var map = new float[count * size];
            for (int i = 0; i < count; i++) values.AsSpan(i * _length + start, size).CopyTo(map.AsSpan(i * size));
            maps[k] = tensor(map, [count, _shapes[k].Height, _shapes[k].Width, _shapes[k].Channels])
                .permute(0, 3, 1, 2).to(_network.Device);
            start += size;
        }
        return maps;
    }
}
