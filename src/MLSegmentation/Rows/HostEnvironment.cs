using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;

namespace MLSegmentation;

/// <summary>The environment of an MLContext: whom to tell what is worth saying, where to run a model, and the seed.</summary>
internal static class HostEnvironment
{
    /// <summary>The environment that a catalog belongs to.</summary>
    public static IHostEnvironment Of(TransformsCatalog catalog) => Get(catalog);

    /// <summary>
    /// Where models run by <c>GpuDeviceId</c>, <c>FallbackToCpu</c> and <c>OnnxSessionOptions</c> of the environment, as they are
    /// now.
    /// </summary>
    public static ExecutionDevice DeviceOf(IHostEnvironment env)
    {
        // MLContext's own properties; the interface that all environments share them by is one of ML.NET's internals.
        var device = (IHostEnvironmentInternal)env;
        return new ExecutionDevice(device.GpuDeviceId, device.FallbackToCpu, message => Warn(env, "Open", message))
        {
            CreateOptions = SessionOptionsOf(env)?.CreateSessionOptions is { } create ? () => create() : null,
        };
    }

    /// <summary>
    /// The seed that the MLContext was made with, which ML.NET keeps to its own components; null where it was made without.
    /// </summary>
    public static int? SeedOf(IHostEnvironment env) => ((IHostEnvironmentInternal)env).Seed;

    /// <summary>Tells <c>MLContext.Log</c>.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="step">What was done meanwhile, in a word.</param>
    /// <param name="message">What is worth saying.</param>
    public static void Warn(IHostEnvironment env, string step, string message)
    {
        using IChannel channel = env.Start(step);
        channel.Warning(MessageSensitivity.None, message);
    }

    // Read by its name, as ML.NET's own method writes where there is none, which several threads must not.
    private static OnnxSessionOptions? SessionOptionsOf(IHostEnvironment env) =>
        ((IHostEnvironmentInternal)RootOf(env)).TryGetOption(nameof(OnnxSessionOptions), out OnnxSessionOptions? options)
            ? options
            : null;

    // Loading a zip makes hosts of an environment. They take over its device, but not its other options; they know it by a
    // protected field of a type that is ML.NET's own.
    private static IHostEnvironment RootOf(IHostEnvironment env) =>
        env.GetType().GetField("Root", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(env) as IHostEnvironment ?? env;

    // ML.NET's catalogs implement an internal interface for this.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Microsoft.ML.Data.IInternalCatalog.get_Environment")]
    private static extern IHostEnvironment Get(TransformsCatalog catalog);
}
