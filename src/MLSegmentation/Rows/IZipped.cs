using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>A transformer that a zip of ML.NET keeps.</summary>
/// <typeparam name="TSelf">The transformer itself.</typeparam>
internal interface IZipped<TSelf>
    where TSelf : RowTransformer, IZipped<TSelf>
{
    /// <summary>The transformer that <see cref="RowTransformer.GetState"/> described.</summary>
    /// <param name="state">What the zip keeps of it.</param>
    /// <param name="env">
    /// The environment that loads the zip, for what the transformer logs and the device that it computes on.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// The state cannot be read, or lacks the model that the transformer needs.
    /// </exception>
    static abstract TSelf FromState(TransformerState state, IHostEnvironment env);
}
