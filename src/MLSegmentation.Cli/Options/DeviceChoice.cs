using System.CommandLine;
using System.Globalization;

namespace MLSegmentation.Cli;

/// <summary>What a model is to run on, as an option gives it: <c>cuda</c> or <c>cuda:1</c>.</summary>
/// <param name="Provider">The execution provider.</param>
/// <param name="DeviceId">The number of its device; null where none is given.</param>
internal readonly record struct DeviceChoice(ExecutionProvider Provider, int? DeviceId)
{
    private const string Name = "--execution-provider";

    private static readonly Dictionary<string, ExecutionProvider> _providers =
        Enum.GetValues<ExecutionProvider>().ToDictionary(NameOf);

    /// <summary>The option.</summary>
    public static Option<DeviceChoice> Option() => CommandOption.Parsed(
        Name, "NAME[:N]",
        $"What the model runs on: {string.Join(", ", _providers.Keys)}. A number chooses the device, such as cuda:1. The native "
        + "library of ONNX Runtime must have it; auto takes the best that works. [default: the CPU]",
        result =>
        {
            string text = result.Tokens[0].Value;
            string[] parts = text.Split(':', 2);
            if (!_providers.TryGetValue(parts[0], out ExecutionProvider provider))
            {
                result.AddError(CommandOption.Unknown(Name, parts[0], _providers.Keys));
                return default;
            }
            if (parts.Length == 1) return new DeviceChoice(provider, null);
            if (!ProviderTable.HasDevicesToChoose(provider))
            {
                result.AddError(
                    $"Option '{Name}' is {text}, but {parts[0]} has no devices to choose among. Leave the number out.");
                return default;
            }
            if (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int device))
                return new DeviceChoice(provider, device);
            result.AddError($"Option '{Name}' is {text}, expected the number of a device behind the colon, such as cuda:1.");
            return default;
        });

    /// <summary>The choice that options have; null where they leave it to the library.</summary>
    public static DeviceChoice? Of(ImageModelOptions options) =>
        options.ExecutionProvider is { } provider ? new DeviceChoice(provider, options.DeviceId) : null;

    /// <summary>What the command line calls an execution provider.</summary>
    public static string NameOf(ExecutionProvider provider) => provider.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public override string ToString() => DeviceId is int device ? $"{NameOf(Provider)}:{device}" : NameOf(Provider);
}
