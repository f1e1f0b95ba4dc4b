namespace MLSegmentation.Training.Layers;

/// <summary>What a layer applies to its result, as Keras's <c>activation</c> argument.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    Linear,

    /// <summary>max(x, 0).</summary>
    Relu,
}
