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

    /// <summary>Autograd keeps a value for the way back; its gradient, conversions and workspaces come on top.</summary>
    private const double CopiesOfValues = 1.6;

    /// <summary>The scores in the loss: log-probabilities, probabilities, what each of them is to be, and gradients.</summary>
    private const int CopiesOfScores = 6;

    /// <summary>Bytes of a step.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="input">The shape of an image in a training step.</param>
    /// <param name="batch">Images a batch.</param>
    public static long Of(LayerGraph graph, Shape input, int batch)
    {
        var shapes = graph.InferShapes(input);
        double values = shapes.Values.Sum(shape => (double)shape.Count) * CopiesOfValues
            + graph.Outputs.Sum(output => (double)shapes[output].Count) * CopiesOfScores;
        return (long)(Bytes * (values * batch + (double)graph.ParameterCount * CopiesOfWeights));
    }

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
