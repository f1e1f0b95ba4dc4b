using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Plans a training whose size and losses are given, as those of autoencoders and classifiers are: by the machine alone.
/// </summary>
internal static class MachinePlanning
{
    /// <summary>Reckons the memory, tries a few steps, and makes the choices that the options leave open.</summary>
    /// <param name="options">The options.</param>
    /// <param name="graph">The network.</param>
    /// <param name="input">The shape of an image in a training step.</param>
    /// <param name="images">Images in all.</param>
    /// <param name="device">Where it is trained.</param>
    /// <param name="loss">The loss of a batch of images and what the network makes of them.</param>
    public static (TOptions Options, TrainingPlan Plan) Run<TOptions>(
        TOptions options, LayerGraph graph, Shape input, int images, Device device, Func<Tensor, Tensor, Tensor> loss)
        where TOptions : TrainerOptions
    {
        var table = new ChoiceTable();
        table.Add("images", $"{images}", $"of {input.Width}x{input.Height}");
        table.Add("network", graph.Name, $"{graph.ParameterCount:N0} parameters");
        var machine = new MachinePlanner(graph, device, loss);
        bool hasBatch = options.BatchSize is not null;
        var planned = (TOptions)(options with { BatchSize = options.WithDefaults().BatchSize });
        table.Add("batch", $"{planned.BatchSize}", hasBatch ? null : "the usual one");
        long memory = StepMemory.Allowed(options, images * (input.Height * input.Width * input.Channels));
        planned = machine.ChooseMemory(planned, hasBatch, input, memory, table);
        planned = machine.ChoosePrecision(planned, input, table);
        machine.AddTime(planned, input, images, table);
        return (planned, table.Plan);
    }
}
