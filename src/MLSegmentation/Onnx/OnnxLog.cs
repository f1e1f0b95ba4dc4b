using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>
/// What ONNX Runtime prints on standard error by itself, coloured and beside whatever is shown there. What goes wrong is in an
/// exception too.
/// </summary>
internal static class OnnxLog
{
    /// <summary>The severity from which on a session prints: nothing is that severe and not an exception.</summary>
    public const OrtLoggingLevel Severity = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;

    private static readonly Lazy<bool> _isOff = new(Decide);

    /// <summary>
    /// Turns it off for sessions whose options say nothing, such as those of ML.NET's own transformer. An application that uses
    /// ONNX Runtime before has its log as it has set it up; one that wants it afterwards sets <see cref="OrtEnv.EnvLogLevel"/>.
    /// </summary>
    /// <returns>Whether it is off.</returns>
    /// <exception cref="InvalidOperationException">There is no native library of ONNX Runtime, or an older one.</exception>
    public static bool TurnOff() => _isOff.Value;

    private static bool Decide()
    {
        try
        {
            bool isOthers = OrtEnv.IsCreated;

            // It must be off before the environment is made.
            OnnxTelemetry.TurnOff();
            if (!isOthers) OrtEnv.Instance().EnvLogLevel = Severity;
            return !isOthers;
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException)
        {
            Version version = typeof(OrtEnv).Assembly.GetName().Version!;

            // A missing library has a list of all places behind the first sentence.
            string why = error.GetBaseException().Message.Split(". ")[0].TrimEnd('.');
            throw new InvalidOperationException(
                $"The native library of ONNX Runtime cannot be loaded: {why}. Reference the package Microsoft.ML.OnnxRuntime, or "
                + $"another that has this library for this platform, of version {version.Major}.{version.Minor} or later.",
                error);
        }
    }
}
