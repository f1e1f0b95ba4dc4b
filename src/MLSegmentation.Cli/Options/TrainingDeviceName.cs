using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>What a network is trained on, by name: <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</summary>
internal static class TrainingDeviceName
{
    private const string Name = "--device";
    private static readonly string[] _names = ["auto", "cpu", "cuda"];

    /// <summary>The option.</summary>
    public static Option<TrainingDevice> Option() => CommandOption.Parsed(
        Name, "NAME[:N]",
        "What the network is trained on: auto, cpu, or cuda for an NVIDIA GPU, such as cuda:1 for the second. [default: auto, a "
        + "GPU where libtorch finds one, else the CPU]",
        Parse);

    private static TrainingDevice Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] parts = text.Split(':', 2);
        bool isNumber = int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        switch (parts)
        {
            case ["auto"]: return TrainingDevice.Auto;
            case ["cpu"]: return TrainingDevice.Cpu;
            case ["cuda"]: return TrainingDevice.Cuda();
            case ["cuda", _] when isNumber: return TrainingDevice.Cuda(number);
            case ["cuda", _]:
                result.AddError($"Option '{Name}' is {text}, expected the number of a GPU behind the colon, such as cuda:1.");
                return default;
            default:
                result.AddError(CommandOption.Unknown(Name, text, _names));
                return default;
        }
    }
}
