using System.Globalization;
using System.Text;

namespace MLSegmentation.Training.Layers;

/// <summary>Prints a network as Keras's <c>model.summary()</c> does.</summary>
internal static class GraphSummary
{
    public static string Print(LayerGraph graph, Shape input)
    {
        var shapes = graph.InferShapes(input);
        var counted = new HashSet<Layer>();
        var rows = new List<string[]> { new[] { "Layer (type)", "Output Shape", "Param #", "Connected to" } };
        foreach (SymbolicTensor node in graph.Nodes)
        {
            long parameters = counted.Add(node.Layer)
                ? node.Layer.Weights(LayerGraph.InputShapes(node)).Sum(weight => weight.Count)
                : 0;
            rows.Add(
            [
                $"{graph.NameOf(node)} ({node.Layer.GetType().Name})",
                shapes[node].ToString(),
                Number(parameters),
                string.Join(", ", node.Inputs.Select(graph.NameOf)),
            ]);
        }
        return Table(graph, rows) + Totals(graph, input);
    }

    private static string Table(LayerGraph graph, List<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, 4).Select(column => rows.Max(row => row[column].Length))];
        int total = widths.Sum() + 3 * 3 + 1;
        var text = new StringBuilder($"Model: \"{graph.Name}\"\n").Append('_', total).Append('\n');
        foreach (string[] row in rows)
        {
            string line =
                $" {row[0].PadRight(widths[0])}   {row[1].PadRight(widths[1])}   {row[2].PadLeft(widths[2])}   {row[3]}";
            text.Append(line.TrimEnd()).Append('\n');
            if (row == rows[0]) text.Append('=', total).Append('\n');
        }
        return text.Append('=', total).Append('\n').ToString();
    }

    private static string Totals(LayerGraph graph, Shape input)
    {
        long all = graph.ParameterCount, trainable = graph.TrainableParameterCount;
        string flops = input.IsFree
            ? "FLOPs: depend on the size of the image"
            : $"FLOPs: {Number(graph.CountFlops(input))} for one image";
        return $"Total params: {Number(all)}\nTrainable params: {Number(trainable)}\nNon-trainable "
            + $"params: {Number(all - trainable)}\n{flops}\n";
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
