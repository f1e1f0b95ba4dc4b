using System.Runtime.InteropServices;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Makes the choices of a training that depend on the machine: what fits the memory, and which precision is faster.
/// </summary>
/// <param name="graph">The network.</param>
/// <param name="device">Where it is trained.</param>
/// <param name="loss">The loss of a batch of images and what the network makes of them.</param>
/// <param name="copiesOfScores">How often the loss holds what the network answers.</param>
internal sealed class MachinePlanner(
    LayerGraph graph, Device device, Func<Tensor, Tensor, Tensor> loss, int copiesOfScores = StepMemory.CopiesOfScores)
{
    /// <summary>How much less time a step in 16 bits must take for them to be chosen.</summary>
    internal const double ClearlyFaster = 0.9;

    /// <summary>The part of a time budget that the trial may take; with less, no second precision is tried.</summary>
    private const double TrialPart = 0.05;

    private readonly Dictionary<(Shape Input, int Batch, ConvolutionPrecision Precision), StepCost> _costs = [];

    private bool IsProcessor => device.type == TorchSharp.DeviceType.CPU;

    /// <summary>
    /// The batch and the accumulation that fit the memory: the batch is halved, and as many more are accumulated, until a step
    /// does.
    /// </summary>
    /// <returns>The batch and how many of them make a step of the size that was asked for.</returns>
    public static (int Batch, int Accumulation) Fit(int batch, Func<int, long> bytes, long memory)
    {
        int accumulation = 1;
        while (batch > 1 && bytes(batch) > memory) (batch, accumulation) = ((batch + 1) / 2, accumulation * 2);
        return (batch, accumulation);
    }

    /// <summary>The options with a batch that fits the memory; one that is given is kept.</summary>
    /// <param name="options">The options.</param>
    /// <param name="isGiven">Whether the batch is given.</param>
    /// <param name="input">The shape of an image in a training step.</param>
    /// <param name="memory">Bytes that a step may take.</param>
    /// <param name="table">Receives the choice.</param>
    public TOptions ChooseMemory<TOptions>(TOptions options, bool isGiven, Shape input, long memory, ChoiceTable table)
        where TOptions : TrainerOptions
    {
        if (!IsProcessor) return options;
        long Bytes(int batch) => StepMemory.Of(graph, input, batch, copiesOfScores);
        int asked = options.BatchSize!.Value;
        var (batch, accumulation) = isGiven ? (asked, 1) : Fit(asked, Bytes, memory);
        string fits = Bytes(batch) > memory
            ? $"more than the {Gigabytes(memory)} to use; give a smaller window or batch"
            : $"of {Gigabytes(memory)} to use";
        table.Add("memory of a step", $"about {Gigabytes(Bytes(batch))}", fits, isOfMachine: true);
        if (batch != asked)
        {
            string why = $"a step of {asked} does not fit the memory: {accumulation} batches a step";
            table.Add("batch", $"{batch}", why, isOfMachine: true);
        }
        return options with { BatchSize = batch, GradientAccumulation = options.GradientAccumulation * accumulation };
    }

    /// <summary>The time of a step.</summary>
    /// <param name="options">The options, with a precision.</param>
    /// <param name="input">The shape of an image in a training step.</param>
    public TimeSpan TimeOfStep(TrainerOptions options, Shape input) =>
        Measure(input, options.BatchSize!.Value, options.ConvolutionPrecision).Time;

    /// <summary>The options with the precision that is faster.</summary>
    /// <param name="options">The options.</param>
    /// <param name="input">The shape of an image in a training step.</param>
    /// <param name="table">Receives the choice.</param>
    public TOptions ChoosePrecision<TOptions>(TOptions options, Shape input, ChoiceTable table)
        where TOptions : TrainerOptions
    {
        int batch = options.BatchSize!.Value;
        StepCost Cost(ConvolutionPrecision precision) => Measure(input, batch, precision);
        bool isOpen = options.ConvolutionPrecision == ConvolutionPrecision.Auto;
        ConvolutionPrecision chosen = TorchBackend.Resolve(options.ConvolutionPrecision, device);
        StepCost cost = Cost(chosen);
        string? why = isOpen ? WhyNot(options, cost) : null;
        if (isOpen && why is null)
        {
            StepCost rounded = Cost(ConvolutionPrecision.BFloat16);
            why = $"a step takes {SegmentationRules.Text(cost.Time.TotalSeconds)} s in 32 bits, "
                + $"{SegmentationRules.Text(rounded.Time.TotalSeconds)} s in bfloat16";
            if (rounded.Time < cost.Time * ClearlyFaster) chosen = ConvolutionPrecision.BFloat16;
        }
        table.Add("precision", chosen == ConvolutionPrecision.BFloat16 ? "bfloat16" : "32 bits", why, isOfMachine: true);
        return options with { ConvolutionPrecision = chosen };
    }

    /// <summary>Tells how long a step takes, and the whole training.</summary>
    /// <param name="options">The options, with a precision.</param>
    /// <param name="input">The shape of an image in a training step.</param>
    /// <param name="images">Images to train on.</param>
    /// <param name="table">Receives both.</param>
    public void AddTime(TrainerOptions options, Shape input, int images, ChoiceTable table)
    {
        TimeSpan step = TimeOfStep(options, input);
        // What grows on a GPU is not the process; and later trials use the memory of the first.
        string measured = IsProcessor
            ? $"measured, {Gigabytes(_costs.Values.Max(cost => cost.Bytes))} more in memory"
            : "measured";
        table.Add("step", $"{SegmentationRules.Text(step.TotalSeconds)} s", measured, isOfMachine: true);
        table.StepTime = step;
        AddLength(options, step, input, images, table);
    }

    /// <summary>
    /// The cost of a step; where the memory of the device does not hold it, that of two of its halves, as it is trained then.
    /// </summary>
    private StepCost Measure(Shape input, int batch, ConvolutionPrecision precision)
    {
        if (_costs.TryGetValue((input, batch, precision), out StepCost known)) return known;
        try
        {
            return _costs[(input, batch, precision)] = StepTrial.Measure(graph, input, batch, precision, device, loss);
        }
        catch (ExternalException error) when (batch > 1 && BatchParts.IsOutOfMemory(error))
        {
            StepCost half = Measure(input, (batch + 1) / 2, precision);
            return half with { Time = 2 * half.Time };
        }
    }

    /// <summary>Why bfloat16 is not tried; null where it is.</summary>
    private string? WhyNot(TrainerOptions options, StepCost cost)
    {
        if (!IsProcessor) return "what the GPU computes with";
        if (!ProcessorSupport.HasBFloat16) return "the processor has no instructions for bfloat16";
        if (options.TimeBudget is not { } budget) return "without a time budget, every machine trains alike";
        return 2 * StepTrial.Steps * cost.Time > budget * TrialPart ? "no time to try bfloat16" : null;
    }

    private void AddLength(TrainerOptions options, TimeSpan step, Shape input, int images, ChoiceTable table)
    {
        int batch = options.BatchSize!.Value, perEpoch = (images + batch - 1) / batch;
        if (options.TimeBudget is { } budget)
        {
            double batches = budget / step;
            table.Add(
                "length", $"{SegmentationRules.Text(budget.TotalMinutes)} minutes",
                $"about {Plural.Of((long)(batches / options.GradientAccumulation), "step")}, "
                    + $"{Plural.Of((long)Math.Max(batches / perEpoch, 1), "epoch")}", isOfMachine: true);
            return;
        }
        int epochs = options.Epochs ?? TrainingLength.For(images, batch, graph.CountFlops(input)).Epochs;
        table.Add("length", Plural.Of(epochs, "epoch"), options.Epochs is null ? "by the work of a step" : null);
    }

    private static string Gigabytes(long bytes) => $"{SegmentationRules.Text(bytes / 1e9)} GB";
}
