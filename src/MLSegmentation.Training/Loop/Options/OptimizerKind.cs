namespace MLSegmentation.Training;

/// <summary>What turns gradients into steps.</summary>
public enum OptimizerKind
{
    /// <summary>
    /// Adam (Kingma and Ba 2015, algorithm 1), with Keras's epsilon of 1e-7; a weight decay is added to the gradient.
    /// </summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2).</summary>
    AdamW,

    /// <summary>Stochastic gradient descent with momentum, as PyTorch's SGD; a weight decay is added to the gradient.</summary>
    Sgd,
}
