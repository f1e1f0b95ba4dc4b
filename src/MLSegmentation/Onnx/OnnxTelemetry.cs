using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation.Onnx;

/// <summary>
/// ONNX Runtime's telemetry. From version 1.29 on, its official builds tell their maker which models a process loads and how they run, on
/// Linux and macOS too, and keep an identifier on disk for it, unless <c>ORT_DISABLE_TELEMETRY</c> is set when they are first used.
/// </summary>
internal static partial class OnnxTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";
    private static readonly Lazy<bool> _wasLeft = new(DecideOnce);

    /// <summary>
    /// Turns it off, unless the variable says otherwise. Before the first use of ONNX Runtime in the process, nothing is sent or written; where
    /// others have used it before, nothing more is.
    /// </summary>
    public static void TurnOff() => _ = _wasLeft.Value;

    private static bool DecideOnce()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null) return true;

        // Environment.SetEnvironmentVariable changes a copy that native code does not see.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) _ = SetEnvironmentVariable(Variable, "1", 1);
        OrtEnv.Instance().DisableTelemetryEvents();
        return false;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
