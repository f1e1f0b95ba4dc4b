using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>Opens a model's session on what was asked for, or on what may take over.</summary>
/// <param name="model">What the model says about itself.</param>
/// <param name="options">How it is to run; they come before the MLContext's device.</param>
/// <param name="device">What the MLContext says; its own session options come before all else.</param>
/// <param name="open">Opens a session of the model.</param>
internal sealed class SessionOpening(
    OnnxModelInfo model, ImageModelOptions options, ExecutionDevice device, Func<SessionOptions, InferenceSession> open)
{
    /// <summary>Opens it.</summary>
    /// <exception cref="InvalidDataException">The model cannot be run.</exception>
    /// <exception cref="InvalidOperationException">What was asked for cannot be used, and nothing is to take over.</exception>
    public OpenedSession Open()
    {
        if (device.CreateOptions is { } create) return OpenWith(create);
        return options.ExecutionProvider switch
        {
            ExecutionProvider.Auto => OpenBest(),
            null when device.GpuDeviceId is int gpu => OpenOn(
                ExecutionProvider.Cuda, $"The GPU {gpu} was asked for (GpuDeviceId)", device.FallbackToCpu,
                "Or leave GpuDeviceId out, or set FallbackToCpu to run on the CPU instead."),
            null or ExecutionProvider.Cpu => OnCpu(),
            { } named => OpenOn(
                named, $"The ExecutionProvider {named} was asked for", fallsBack: false,
                "Or set ExecutionProvider to Auto, which takes what there is, or to Cpu."),
        };
    }

    private OpenedSession OpenWith(Func<SessionOptions?> create)
    {
        const string Where = "CreateSessionOptions of the OnnxSessionOptions that the MLContext was given";
        OnnxLog.TurnOff();

        // They stay the application's, which may give the same ones each time.
        SessionOptions own = create() ?? throw new InvalidOperationException(
            $"{Where} returned null, expected session options. Return new SessionOptions(), or leave CreateSessionOptions out.");
        try
        {
            return new OpenedSession(open(own), Provider: null, RunsAtOnce: null);
        }
        catch (Exception error) when (OfRuntime(error) is { } cause)
        {
            CheckModel();
            throw new InvalidOperationException(
                $"{Where} returned session options with which the model cannot be opened. {OnnxErrorText.Of(cause.Message)}.",
                error);
        }
    }

    private OpenedSession OpenBest()
    {
        var failures = new List<string>();
        OpenedSession opened = ProviderTable.All.Where(facts => facts.IsAutomatic && facts.IsOffered)
            .Select(facts => TryOpen(facts, failures)).FirstOrDefault(found => found is not null) ?? OnCpu();
        foreach (string failure in failures)
            device.Warn?.Invoke($"{failure}. The ExecutionProvider is Auto, and the model runs on {opened.Provider}.");
        return opened;
    }

    private OpenedSession? TryOpen(ProviderFacts facts, List<string> failures)
    {
        try
        {
            return On(facts.Provider);
        }
        catch (Exception error) when (OfRuntime(error) is { } cause)
        {
            failures.Add(
                $"The native library of ONNX Runtime offers {facts.Name}, which cannot be used: {Explain(facts, cause)}");
            return null;
        }
    }

    private OpenedSession OpenOn(ExecutionProvider provider, string asked, bool fallsBack, string alternative)
    {
        ProviderFacts facts = ProviderTable.Of(provider);
        string why;
        Exception? error = null;
        if (!facts.IsOffered)
        {
            why = $"the native library of ONNX Runtime that is installed offers "
                + $"{string.Join(", ", ProviderTable.Offered())}, and not {facts.Name}. {facts.Package}";
        }
        else
        {
            try
            {
                return On(provider);
            }
            catch (Exception caught) when (OfRuntime(caught) is { } cause)
            {
                if (!fallsBack) CheckModel();
                (why, error) = (Explain(facts, cause), caught);
            }
        }
        string message = $"{asked} and cannot be used: {why}.";
        if (!fallsBack) throw new InvalidOperationException($"{message} {alternative}", error);
        device.Warn?.Invoke($"{message} The model runs on the CPU.");
        return OnCpu();
    }

    private OpenedSession OnCpu() => On(ExecutionProvider.Cpu);

    private OpenedSession On(ExecutionProvider provider)
    {
        var settings = SessionSettings.For(
            provider, options.DeviceId ?? device.GpuDeviceId, (model.Height, model.Width), options.Threads,
            Environment.ProcessorCount);
        using SessionOptions native = settings.Create();
        return new OpenedSession(open(native), provider, settings.RunsAtOnce);
    }

    // A model that the CPU cannot open either is itself at fault: this throws what is wrong with it.
    private void CheckModel() => OnCpu().Session.Dispose();

    private static string Explain(ProviderFacts facts, OnnxRuntimeException cause) =>
        $"{OnnxErrorText.Of(cause.Message)}. {facts.Needs}";

    private static OnnxRuntimeException? OfRuntime(Exception error) =>
        error as OnnxRuntimeException ?? error.InnerException as OnnxRuntimeException;
}
