namespace MLSegmentation.Training;

/// <summary>What kind of file weights are in.</summary>
internal enum WeightForm
{
    /// <summary>HDF5 of Keras 1 or 2.</summary>
    Keras,

    /// <summary>A state dict of PyTorch, as a zip or as before PyTorch 1.6.</summary>
    Torch,

    /// <summary>Safetensors, of either.</summary>
    Safetensors,

    /// <summary>ONNX of CNTK, a residual network.</summary>
    Onnx,
}
