namespace MLSegmentation;

/// <summary>
/// What others say about a model that does not say it itself: in files beside it, or in properties of their own.
/// </summary>
/// <param name="Source">Who says it, as errors and reports name it.</param>
/// <param name="Facts">Class names, size and the like; the task is empty, as in every model from elsewhere.</param>
/// <param name="Preparation">What is done to the values of pixels; null where it is not said.</param>
/// <param name="OtherTask">What the model does instead of segmenting, such as <c>depth</c>; null where it may segment.</param>
internal sealed record ModelDescription(
    string Source, ImageModelMetadata Facts, ImagePreparation? Preparation, string? OtherTask)
{
    private const string Prefix = "mlsegmentation.";
    private const string SourceKey = Prefix + "describedBy", PreparationKey = Prefix + "preparation",
        OtherTaskKey = Prefix + "otherTask", UnclearKey = Prefix + "unclearField";

    /// <summary>
    /// The field for which <see cref="Preparation"/> is not said: it changes numbers, and is not understood. Null where
    /// there is none.
    /// </summary>
    public string? UnclearField { get; init; }

    /// <summary>
    /// The description as properties of an ONNX file, so that it stays with the model's bytes wherever they go.
    /// </summary>
    public IReadOnlyDictionary<string, string> ToProperties()
    {
        var properties = new Dictionary<string, string>(Facts.ToProperties()) { [SourceKey] = Source };
        if (Preparation is not null) properties[PreparationKey] = Preparation.ToString();
        if (UnclearField is not null) properties[UnclearKey] = UnclearField;
        if (OtherTask is not null) properties[OtherTaskKey] = OtherTask;
        return properties;
    }

    /// <summary>The description among a model's properties; null where there is none.</summary>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public static ModelDescription? FromProperties(IReadOnlyDictionary<string, string> properties)
    {
        if (!properties.TryGetValue(SourceKey, out string? source)) return null;
        return new ModelDescription(
            PrintableText.Of(source), ImageModelMetadata.FromProperties(properties),
            properties.TryGetValue(PreparationKey, out string? text) ? ImagePreparation.Parse(text) : null,
            properties.TryGetValue(OtherTaskKey, out string? other) ? PrintableText.Of(other) : null)
        {
            UnclearField = properties.TryGetValue(UnclearKey, out string? field) ? PrintableText.Of(field) : null,
        };
    }
}
