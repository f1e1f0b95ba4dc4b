using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLSegmentation;

/// <summary>
/// The columns and options of a transformer as the JSON of a zip, and the rule for zips of other versions:
/// <list type="bullet">
/// <item>An option that is absent has its default.</item>
/// <item>
/// An option that this version does not know, or a value of one, is an error. It names the option, the version that wrote the
/// zip, and the version to update to. Nothing is ignored: masks other than those that somebody has tested would be worse than
/// none.
/// </item>
/// <item>An option that was renamed is read by its old name too.</item>
/// </list>
/// </summary>
internal static class ZipSettings
{
    private const string FirstVersion = "0.1.0";
    private const string OptionsPath = "$.Options.";

    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(), new RgbConverter() },
    };

    /// <summary>The version of this library, such as 1.2.0, without what names a build.</summary>
    public static string ThisVersion { get; } = typeof(ZipSettings).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static string Write<TSettings>(TSettings settings) => JsonSerializer.Serialize(settings, _json);

    /// <param name="settings">The JSON.</param>
    /// <param name="writer">The version that wrote it; null for the first, which did not say.</param>
    /// <exception cref="InvalidDataException">
    /// It is no JSON, or has an option or a value that this version does not know.
    /// </exception>
    public static TSettings Read<TSettings>(string settings, string? writer)
    {
        try
        {
            return JsonSerializer.Deserialize<TSettings>(settings, _json) ?? throw new JsonException("It is null.");
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            // Without what the deserialiser said: it speaks of types and bytes, and whoever shows the innermost message would
            // show that.
            throw new InvalidDataException(Explain(error, settings, writer ?? FirstVersion));
        }
    }

    private static string Explain(Exception error, string settings, string writer)
    {
        string path = (error as JsonException)?.Path ?? "$";
        string option = path.StartsWith(OptionsPath, StringComparison.Ordinal)
            ? path[OptionsPath.Length..]
            : path.TrimStart('$', '.');
        if (option.Length == 0)
        {
            return $"The zip's columns and options of the transformer cannot be read. The zip was changed or damaged. They "
                + $"are: {PrintableText.Of(settings)}";
        }
        return $"The zip has the option '{PrintableText.Of(option)}' with a name or value that MLSegmentation {ThisVersion} does "
            + "not know. " + (
            IsNewer(writer)
                ? $"MLSegmentation {PrintableText.Of(writer)} wrote the zip: update MLSegmentation to at least that version."
                : $"Nor does MLSegmentation {PrintableText.Of(writer)}, which wrote the zip: it was changed or damaged.")
            + $" All columns and options are: {PrintableText.Of(settings)}";
    }

    /// <summary>Whether a version comes after this one. Of previews, which have a hyphen, only the number counts.</summary>
    private static bool IsNewer(string writer) =>
        Version.TryParse(writer.Split('-')[0], out Version? other) && other > Version.Parse(ThisVersion.Split('-')[0]);

    private sealed class RgbConverter : JsonConverter<Rgb>
    {
        public override Rgb Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Rgb.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Rgb value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
