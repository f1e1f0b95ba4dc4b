using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLSegmentation;

/// <summary>What a zip keeps of a transformer: its settings as JSON, and its model where it has one.</summary>
internal sealed record TransformerState(string Settings, byte[]? Model)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(), new RgbConverter() },
    };

    public static TransformerState Create<TSettings>(TSettings settings, byte[]? model = null) => new(JsonSerializer.Serialize(settings, _json), model);

    public TSettings ReadSettings<TSettings>()
    {
        try
        {
            return JsonSerializer.Deserialize<TSettings>(Settings, _json) ?? throw new JsonException("It is null.");
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw new InvalidDataException($"The zip's settings of the transformer cannot be read: {error.Message} They are: {Settings}", error);
        }
    }

    public OnnxModelSource RequireModel() => OnnxModelSource.Of(
        Model ?? throw new InvalidDataException("The zip has no model for the transformer. It was changed or damaged."), "The model in the zip");

    private sealed class RgbConverter : JsonConverter<Rgb>
    {
        public override Rgb Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Rgb.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Rgb value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
