namespace MLSegmentation.Training;

/// <summary>What a pickle may name: nothing but these is known to the reader, and none of them is code that it runs.</summary>
internal enum PickleGlobal
{
    /// <summary><c>collections.OrderedDict</c>.</summary>
    OrderedDict,

    /// <summary><c>torch._utils._rebuild_tensor</c>, which PyTorch wrote until 0.3, and <c>_rebuild_tensor_v2</c>.</summary>
    RebuildTensor,

    /// <summary><c>torch._utils._rebuild_parameter</c>.</summary>
    RebuildParameter,

    /// <summary><c>torch.FloatStorage</c>.</summary>
    FloatStorage,

    /// <summary><c>torch.HalfStorage</c>.</summary>
    HalfStorage,

    /// <summary><c>torch.BFloat16Storage</c>.</summary>
    BFloat16Storage,

    /// <summary><c>torch.LongStorage</c>, of the counter in batch normalisation.</summary>
    LongStorage,
}
