using Microsoft.ML;
using Microsoft.ML.Transforms.Image;
using Microsoft.ML.Transforms.Onnx;

namespace MLSegmentation;

/// <summary>Builds the scoring pipeline from ML.NET's own parts.</summary>
internal static class StockPipeline
{
    public static IEstimator<ITransformer> Create(
        MLContext context, string outputColumnName, string inputColumnName, string modelFile, int imageWidth, int imageHeight)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(modelFile);
        TransformsCatalog transforms = context.Transforms;
        OnnxModelInfo model = OnnxModelInfo.FromFile(modelFile);
        CheckGraph(model, modelFile);
        CheckSize(model, modelFile, nameof(imageWidth), imageWidth, "width", model.Width);
        CheckSize(model, modelFile, nameof(imageHeight), imageHeight, "height", model.Height);

        // ApplyOnnxModel finds a graph's inputs and outputs by column name, and wants every size fixed.
        var onnx = new OnnxOptions
        {
            ModelFile = modelFile,
            InputColumns = [GraphNames.Image],
            OutputColumns = [GraphNames.Mask],
            ShapeDictionary = new Dictionary<string, int[]>
            {
                [GraphNames.Image] = [1, model.Channels, imageHeight, imageWidth],
                [GraphNames.Mask] = [1, imageHeight, imageWidth],
            },
        };
        // MapValue alone could make keys, but loses that they are keys where its input is a vector.
        string[] names = NamesOf(model);
        IDataView keys = context.Data.LoadFromEnumerable(names.Select(name => new ClassName { Name = name }));
        string[] graph = [GraphNames.Image, GraphNames.Mask];
        string[] helpers = [.. graph.Where(name => name != inputColumnName && name != outputColumnName)];
        IEstimator<ITransformer> pipeline = transforms
            .ResizeImages(GraphNames.Image, imageWidth, imageHeight, inputColumnName, ImageResizingEstimator.ResizingKind.Fill)
            .Append(transforms.ExtractPixels(GraphNames.Image))
            .Append(transforms.ApplyOnnxModel(onnx))
            .Append(transforms.Conversion.MapValue(
                outputColumnName, names.Select((name, index) => KeyValuePair.Create((byte)index, name)), GraphNames.Mask))
            .Append(transforms.Conversion.MapValueToKey(outputColumnName, keyData: keys));
        return helpers.Length == 0 ? pipeline : pipeline.Append(transforms.DropColumns(helpers));
    }

    private static string[] NamesOf(OnnxModelInfo model) =>
        model.Metadata.ClassNames is { Count: > 0 } names
            ? [.. names] : [.. Enumerable.Range(0, model.ClassCount).Select(index => $"{index}")];

    private static void CheckGraph(OnnxModelInfo model, string modelFile)
    {
        bool hasMask = model.FindOutput(GraphNames.Mask) is { Dimensions.Count: 3 } mask && mask.ElementType == typeof(byte);
        if (model.Channels != 3 || model.ImageInput.Name != GraphNames.Image || !hasMask || NamesOf(model).Length == 0)
        {
            throw new InvalidDataException(
                $"The model file '{modelFile}' cannot be scored by stock parts alone: expected the input 'image' of 3 channels "
                + $"and the outputs 'probabilities' and 'mask' of type Byte[N,H,W], found {model.ImageInput} and "
                + $"{string.Join("; ", model.Outputs)}. Use SegmentImage.");
        }
    }

    private static void CheckSize(OnnxModelInfo model, string modelFile, string parameter, int size, string name, int? only)
    {
        if (size < 1 || (only is { } required && size != required) || size % model.SizeMultiple != 0)
        {
            throw new ArgumentOutOfRangeException(parameter, size, $"The model file '{modelFile}' takes a {name} of "
                + (only is { } one ? $"{one} only." : $"any multiple of {model.SizeMultiple}."));
        }
    }

    private sealed class ClassName
    {
        public string Name { get; set; } = "";
    }
}
