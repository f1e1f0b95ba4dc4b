using System.Globalization;
using MLSegmentation.Training.Layers;

namespace MLSegmentation.Training;

/// <summary>What a training step takes in memory, reckoned from the shapes of the network's values.</summary>
internal static class StepMemory
{
    private const int Bytes = sizeof(float);

    /// <summary>
    /// The weights, their gradients, two moments of the optimiser, and the copies that are kept: last and best.
    /// </summary>
    private const int CopiesOfWeights = 6;

    /// <summary>Bytes of batches that are made ahead, at most.</summary>
    private const long BatchesAhead = 256 << 20;

    private const double UsedPart = 0.75;

    /// <summary>Autograd keeps a value for the way back; its gradient, conversions and workspaces come on top.</summary>
    private const double CopiesOfValues = 1.6;

    /// <summary>The scores in the loss: log-probabilities, probabilities, what each of them is to be, and gradients.</summary>
    public const int CopiesOfScores = 6;

    /// <summary>What another loss over all scores keeps of them beside those.</summary>
    private const int CopiesOfLoss = 2;

    /// <summary>
    /// The Lovász loss sorts the errors of each class: errors and labels, both sorted, their 64-bit places, two running sums, the
    /// loss's growth, and gradients.
    /// </summary>
    private const int CopiesOfLovasz = 12;

    /// <summary>Bytes of a step.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="input">The shape of an image in a training step.</param>
    /// <param name="batch">Images a batch.</param>
    /// <param name="copies">How often the loss holds the scores.</param>
    public static long Of(LayerGraph graph, Shape input, int batch, int copies = CopiesOfScores)
    {
        var shapes = graph.InferShapes(input);
        double values = shapes.Values.Sum(shape => (double)shape.Count) * CopiesOfValues
            + graph.Outputs.Sum(output => (double)shapes[output].Count) * copies;
        return (long)(Bytes * (values * batch + (double)graph.ParameterCount * CopiesOfWeights));
    }

    /// <summary>How often a loss holds the scores: 6 times for cross-entropy and Dice, 18 times with Lovász.</summary>
    public static int CopiesOf(SegmentationLossOptions loss)
    {
        double[] others = [loss.Focal, loss.Tversky, loss.Ohem, loss.Crf];
        return CopiesOfScores + CopiesOfLoss * others.Count(factor => factor > 0) + (loss.Lovasz > 0 ? CopiesOfLovasz : 0);
    }

    /// <summary>
    /// Bytes that a step may take of what is free: three quarters of what images in memory and batches made ahead leave.
    /// </summary>
    /// <param name="free">Bytes that are free.</param>
    /// <param name="images">Bytes of all images, as they are kept.</param>
    /// <param name="cache">Bytes that kept images may take.</param>
    public static long ForSteps(long free, long images, long cache) =>
        (long)(Math.Max(free - Math.Min(images, cache) - BatchesAhead, 0) * UsedPart);

    /// <summary>Bytes that a step may take: those of the options, or what this machine has for it.</summary>
    /// <param name="options">The options.</param>
    /// <param name="images">Bytes of all images, as they are kept.</param>
    public static long Allowed(TrainerOptions options, long images) => options.MemoryMegabytes is int megabytes
        ? (long)megabytes << 20
        : ForSteps(Free(), images, (long)options.CacheMegabytes << 20);

    /// <summary>
    /// Bytes that this machine has free: what the system says is available, or what the runtime may use at most, whichever is
    /// less.
    /// </summary>
    public static long Free()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        const string System = "/proc/meminfo", Available = "MemAvailable:";
        if (!File.Exists(System)
            || File.ReadLines(System).FirstOrDefault(line => line.StartsWith(Available, StringComparison.Ordinal))
            is not { } line)
            return Math.Max(limit, 0);
        string number = line[Available.Length..].Replace("kB", "", StringComparison.Ordinal);
        long kilobytes = long.Parse(number, CultureInfo.InvariantCulture);
        return Math.Max(Math.Min(limit, kilobytes << 10), 0);
    }
}
