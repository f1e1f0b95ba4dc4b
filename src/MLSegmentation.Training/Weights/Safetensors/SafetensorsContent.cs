namespace MLSegmentation.Training;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Metadata">Texts by their names.</param>
/// <param name="Weights">Its arrays; their numbers stay in the file until they are read.</param>
internal sealed record SafetensorsContent(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<StoredWeight> Weights);
