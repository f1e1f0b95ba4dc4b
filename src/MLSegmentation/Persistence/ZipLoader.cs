using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLSegmentation;

/// <summary>Loads a transformer from a zip; ML.NET calls it by the name of its method.</summary>
/// <typeparam name="TTransformer">The transformer.</typeparam>
internal static class ZipLoader<TTransformer>
    where TTransformer : RowTransformer, IZipped<TTransformer>
{
    private static TTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        TransformerState state = ModelZip.Load(ctx, typeof(TTransformer));
        try
        {
            return TTransformer.FromState(state, env);
        }
        catch (ArgumentException error)
        {
            // Nobody gave an argument: the zip holds it, and a later version may take it.
            throw ZippedOptions.Refusal(error, state.Options, state.Writer);
        }
    }
}
