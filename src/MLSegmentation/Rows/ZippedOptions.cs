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
internal static class ZippedOptions
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
    public static string ThisVersion { get; } = typeof(ZippedOptions).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static string Write<TState>(TState state) => JsonSerializer.Serialize(state, _json);

    /// <param name="options">The JSON.</param>
    /// <param name="writer">The version that wrote it; null for the first, which did not say.</param>
    /// <exception cref="InvalidDataException">
    /// It is no JSON, or has an option or a value that this version does not know.
    /// </exception>
    public static TState Read<TState>(string options, string? writer)
    {
        try
        {
            return JsonSerializer.Deserialize<TState>(options, _json) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            // Without what the deserialiser said: it speaks of types and bytes, and whoever shows the innermost message would
            // show that.
            throw new InvalidDataException(Explain(error.Path ?? "$", options, writer ?? FirstVersion));
        }
        catch (ArgumentException error)
        {
            throw Refusal(error, options, writer);
        }
    }

    /// <summary>What a zip throws whose options can be read, but are refused: another version may take them.</summary>
    /// <param name="error">What refused them; its message names the option.</param>
    /// <param name="options">The JSON.</param>
    /// <param name="writer">The version that wrote it; null for the first.</param>
    public static InvalidDataException Refusal(ArgumentException error, string options, string? writer)
    {
        // Whoever loads a zip has none of the parameters that the error names.
        string reason = error.Message.Replace($" (Parameter '{error.ParamName}')", "").ReplaceLineEndings(" ").TrimEnd('.');
        return new InvalidDataException(
            $"The zip has an option with a value that MLSegmentation {ThisVersion} does not take: {PrintableText.Of(reason)}. "
            + Advise(writer ?? FirstVersion, options));
    }

    /// <summary>Whether one version may come after another. A release comes after its previews, which have a hyphen.</summary>
    internal static bool IsNewer(string writer, string reader)
    {
        if (!Version.TryParse(writer.Split('-')[0], out Version? other)) return false;
        var own = Version.Parse(reader.Split('-')[0]);

        // Of two previews, the texts do not tell which is the later.
        return other > own || (other == own && writer != reader && reader.Contains('-'));
    }

    private static string Explain(string path, string options, string writer)
    {
        string option = path.StartsWith(OptionsPath, StringComparison.Ordinal)
            ? path[OptionsPath.Length..]
            : path.TrimStart('$', '.');
        return option.Length == 0
            ? "The zip's columns and options of the transformer cannot be read. The zip was changed or damaged. They "
                + $"are: {PrintableText.Of(options)}"
            : $"The zip has the option '{PrintableText.Of(option)}' with a name or value that MLSegmentation {ThisVersion} does "
                + $"not know. {Advise(writer, options)}";
    }

    private static string Advise(string writer, string options) =>
        (IsNewer(writer, ThisVersion)
            ? $"MLSegmentation {PrintableText.Of(writer)} wrote the zip: update MLSegmentation to at least that version."
            : $"Nor does MLSegmentation {PrintableText.Of(writer)}, which wrote the zip: it was changed or damaged.")
        + $" All columns and options are: {PrintableText.Of(options)}";

    private sealed class RgbConverter : JsonConverter<Rgb>
    {
        public override Rgb Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return Rgb.Parse(reader.GetString() ?? "");
            }
            catch (FormatException error)
            {
                // The deserialiser gives this one the path of the option.
                throw new JsonException(error.Message, error);
            }
        }

        public override void Write(Utf8JsonWriter writer, Rgb value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
