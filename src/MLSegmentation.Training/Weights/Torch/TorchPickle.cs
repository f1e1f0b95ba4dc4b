namespace MLSegmentation.Training;

/// <summary>
/// What the globals and persistent ids in the pickle of a state dict mean (PyTorch, <c>torch/serialization.py</c>,
/// <c>torch/_utils.py</c>).
/// </summary>
internal static class TorchPickle
{
    // PyTorch's own limit; a short pickle may name a long tuple many times over.
    private const int MostDimensions = 64;

    /// <summary>The global of a module, or a refusal.</summary>
    /// <exception cref="InvalidDataException">It is none that a list of tensors needs.</exception>
    public static PickleGlobal Find(string module, string name) => $"{module}.{name}" switch
    {
        "collections.OrderedDict" => PickleGlobal.OrderedDict,
        "torch._utils._rebuild_tensor" or "torch._utils._rebuild_tensor_v2" => PickleGlobal.RebuildTensor,
        "torch._utils._rebuild_parameter" => PickleGlobal.RebuildParameter,
        "torch.FloatStorage" => PickleGlobal.FloatStorage,
        "torch.HalfStorage" => PickleGlobal.HalfStorage,
        "torch.BFloat16Storage" => PickleGlobal.BFloat16Storage,
        "torch.LongStorage" => PickleGlobal.LongStorage,
        var other => throw new InvalidDataException(
            $"its pickle names '{other}', which a list of tensors does not need. Nothing of it was run. Take the file from "
            + "its official source, or save the network's state_dict alone"),
    };

    /// <summary>What a call of a global gives.</summary>
    public static object? Call(PickleGlobal global, object?[] arguments) => (global, arguments) switch
    {
        (PickleGlobal.OrderedDict, []) => new Dictionary<string, object?>(),
        (PickleGlobal.OrderedDict, [List<object?> pairs]) => ToDictionary(pairs),
        (PickleGlobal.RebuildTensor, [TorchStorage storage, long offset, PickleTuple shape, PickleTuple strides, ..]) =>
            Tensor(storage, offset, Sizes(shape), Sizes(strides)),
        (PickleGlobal.RebuildParameter, [TorchTensor tensor, ..]) => tensor,
        _ => throw new InvalidDataException($"its pickle calls {global} with other arguments than PyTorch writes"),
    };

    /// <summary>
    /// The storage of a persistent id: ('storage', type, key, device, count), and before PyTorch 1.6 the part of it that is
    /// meant, none for the whole.
    /// </summary>
    public static TorchStorage Storage(object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PickleGlobal type, string key, string, >= 0L and long count, .. var part] }
            || part is not ([] or [null]))
        {
            throw new InvalidDataException("its pickle has a reference that is no storage of numbers");
        }
        return type switch
        {
            PickleGlobal.FloatStorage => new TorchStorage(NumberFormat.Float32, 4, key, count),
            PickleGlobal.HalfStorage => new TorchStorage(NumberFormat.Float16, 2, key, count),
            PickleGlobal.BFloat16Storage => new TorchStorage(NumberFormat.BFloat16, 2, key, count),
            PickleGlobal.LongStorage => new TorchStorage(NumberFormat.Other, 8, key, count),
            _ => throw new InvalidDataException($"its pickle has a storage of {type}"),
        };
    }

    /// <summary>The tensors of a state dict by their names.</summary>
    public static IReadOnlyList<(string Name, TorchTensor Tensor)> Tensors(object? root) =>
        root is Dictionary<string, object?> { Count: > 0 } entries && entries.Values.All(value => value is TorchTensor)
            ? [.. entries.Select(entry => (entry.Key, (TorchTensor)entry.Value!))]
            : throw new InvalidDataException(
                "it is no state dict, which has names and tensors only; save the network's state_dict alone");

    private static Dictionary<string, object?> ToDictionary(List<object?> pairs)
    {
        var dictionary = new Dictionary<string, object?>();
        foreach (object? pair in pairs)
        {
            // Python 2 wrote the pairs as lists.
            IReadOnlyList<object?>? items = pair is PickleTuple tuple ? tuple.Items : pair as List<object?>;
            if (items is not [string key, var value])
                throw new InvalidDataException("its pickle has a dictionary whose keys are no names");
            dictionary[key] = value;
        }
        return dictionary;
    }

    private static long[] Sizes(PickleTuple tuple) =>
        tuple.Items.Length <= MostDimensions && tuple.Items.All(size => size is >= 0L)
            ? [.. tuple.Items.Select(size => (long)size!)]
            : throw new InvalidDataException(
                $"its pickle has a shape or strides with something else than sizes, or more than {MostDimensions} of them");

    private static TorchTensor Tensor(TorchStorage storage, long offset, long[] shape, long[] strides)
    {
        if (shape.Length != strides.Length)
            throw new InvalidDataException($"its pickle has a tensor of {shape.Length} dimensions and {strides.Length} strides");
        long extent;
        try
        {
            extent = RawWeight.Extent(shape, strides);
        }
        catch (OverflowException)
        {
            extent = long.MaxValue;
        }
        if (offset < 0 || offset > storage.Count || extent > storage.Count - offset)
            throw new InvalidDataException(
                $"its pickle has a tensor of {WeightShape.Print(shape)} beyond the {storage.Count:N0} numbers of its storage "
                + $"'{storage.Key}'");
        return new TorchTensor(storage, offset, shape, strides);
    }
}
