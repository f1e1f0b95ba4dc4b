using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>The output of a graph that has the number of each pixel's class, which ML.NET's own parts make keys of.</summary>
/// <param name="Output">The output.</param>
/// <param name="ClassNames">A name for each class.</param>
internal sealed record StockLabels(OnnxValueInfo Output, IReadOnlyList<string> ClassNames)
{
    /// <summary>Finds it: the mask of a graph of this project, or labels of one from elsewhere.</summary>
    /// <exception cref="ArgumentException">The options contradict the model.</exception>
    /// <exception cref="InvalidDataException">There is none of a type and shape that stock parts read.</exception>
    public static StockLabels Of(OnnxModelInfo model, string source, SegmentationOptions options, int width, int height)
    {
        var choice = new ScoreChoice(model, source, options);
        OnnxValueInfo? output = choice.AreLabels ? choice.Output.Value
            : model.Metadata.Task == ModelTasks.Segmentation ? model.FindOutput(GraphNames.Mask)
            : null;
        if (output is null || !IsRead(output.ElementType))
        {
            throw Cannot(
                source, "no part of ML.NET takes the best of several classes, so that the graph has to give the class of each "
                + $"pixel as bytes, 32 or 64-bit integers or floats. Found {model.ImageInput} and "
                + string.Join("; ", model.Outputs));
        }
        if (choice.AreLabels && choice.Output is { ClassAxis: not null, Layout: TensorLayout.ChannelsLast })
            throw Cannot(source, $"no part of ML.NET leaves out the last axis of {output}");
        if (output.ElementType == typeof(byte) && choice.ClassNames.Count > byte.MaxValue + 1)
        {
            throw Cannot(
                source, $"{choice.ClassNames.Count} classes are more than the {byte.MaxValue + 1} numbers that the bytes "
                + $"of {output} can be");
        }
        int[] sizes = [.. output.Dimensions.SkipLast(2).Select(size => Math.Max(size, 1)), height, width];
        if (output.Dimensions.Zip(sizes).Any(pair => pair.First > 0 && pair.First != pair.Second) || sizes.Length < 2)
            throw Cannot(source, $"no part of ML.NET resizes masks, and {output} is not of {width}×{height}");
        return new StockLabels(output with { Dimensions = sizes }, choice.ClassNames);
    }

    /// <summary>The part that makes class names of the numbers, in a column.</summary>
    public IEstimator<ITransformer> MapTo(TransformsCatalog transforms, string column)
    {
        // MapValue alone could make keys, but loses that they are keys where its input is a vector.
        IEstimator<ITransformer> Map<T>(Func<int, T> label)
            where T : notnull => transforms.Conversion.MapValue(
                column, ClassNames.Select((name, index) => KeyValuePair.Create(label(index), name)), Output.Name);
        return Output.ElementType switch
        {
            _ when Output.ElementType == typeof(byte) => Map(index => (byte)index),
            _ when Output.ElementType == typeof(int) => Map(index => index),
            _ when Output.ElementType == typeof(long) => Map(index => (long)index),
            _ => Map(index => (float)index),
        };
    }

    private static bool IsRead(Type type) =>
        type == typeof(byte) || type == typeof(int) || type == typeof(long) || type == typeof(float);

    private static InvalidDataException Cannot(string source, string why) =>
        new($"{source} cannot be scored by stock parts alone: {why}. Use SegmentImage, or adopt the model first.");
}
