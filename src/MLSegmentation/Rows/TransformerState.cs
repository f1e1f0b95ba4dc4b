namespace MLSegmentation;

/// <summary>What a zip keeps of a transformer.</summary>
/// <param name="Options">Its columns and options as JSON, which <see cref="ZippedOptions"/> writes and reads.</param>
/// <param name="Model">Its ONNX model, where it has one.</param>
/// <param name="Writer">The version of this library that wrote the zip; null for 0.1.0, which did not say.</param>
internal sealed record TransformerState(string Options, byte[]? Model, string? Writer)
{
    public static TransformerState Create<TState>(TState state, byte[]? model = null) =>
        new(ZippedOptions.Write(state), model, ZippedOptions.ThisVersion);

    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    public TState Read<TState>() => ZippedOptions.Read<TState>(Options, Writer);

    /// <exception cref="InvalidDataException">There is no model.</exception>
    public OnnxModelSource RequireModel() => OnnxModelSource.Of(
        Model ?? throw new InvalidDataException("The zip has no model for the transformer. It was changed or damaged."),
        "The model in the zip");
}
