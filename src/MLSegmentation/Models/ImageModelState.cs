namespace MLSegmentation;

/// <summary>
/// What a zip keeps of a transformer that runs a model, beside the model. The names are those of the zip's entries.
/// </summary>
internal sealed record ImageModelState<TOptions>(string OutputColumnName, string InputColumnName, TOptions Options)
    where TOptions : ImageModelOptions;
