using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>
/// ONNX Runtime's telemetry. From version 1.29 on, its official builds tell their maker which models a process loads and how they
/// run, on Linux and macOS too, and keep an identifier on disk for it, unless <c>ORT_DISABLE_TELEMETRY</c> is set when they are
/// first used.
/// </summary>
internal static partial class OnnxTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";
    private static readonly string[] _no = ["0", "false", "no", "off", "n"];
    private static readonly Lazy<bool> _isOff = new(Decide);

    /// <summary>
    /// Turns it off, unless the variable says no. Before the first use of ONNX Runtime in the process, nothing is sent or
    /// written; where others have used it before, nothing more is.
    /// </summary>
    /// <returns>Whether it is off.</returns>
    public static bool TurnOff() => _isOff.Value;

    private static bool Decide()
    {
        if (_no.Contains(Environment.GetEnvironmentVariable(Variable)?.Trim(), StringComparer.OrdinalIgnoreCase)) return false;

        // Environment.SetEnvironmentVariable changes a copy that native code does not see, except on Windows.
        if (OperatingSystem.IsWindows()) Environment.SetEnvironmentVariable(Variable, "1");
        else _ = SetNativeVariable(Variable, "1", overwrite: 1);
        OrtEnv.Instance().DisableTelemetryEvents();
        return true;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNativeVariable(string name, string value, int overwrite);
}
