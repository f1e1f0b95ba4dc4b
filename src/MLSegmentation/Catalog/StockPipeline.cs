using Microsoft.ML;
using Microsoft.ML.Transforms.Image;
using Microsoft.ML.Transforms.Onnx;

namespace MLSegmentation;

/// <summary>Builds the scoring pipeline from ML.NET's own parts.</summary>
internal static class StockPipeline
{
    public static IEstimator<ITransformer> Create(
        MLContext context, string outputColumnName, string inputColumnName, string modelFile, int imageWidth, int imageHeight,
        SegmentImageOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(modelFile);
        RequireStock(options);
        string source = OnnxModelFile.Name(modelFile);
        OnnxModelInfo model = OnnxModelInfo.FromFile(modelFile);
        CheckFile(model, modelFile, source);
        CheckSize(model, modelFile, nameof(imageWidth), imageWidth, "width", model.Width);
        CheckSize(model, modelFile, nameof(imageHeight), imageHeight, "height", model.Height);
        StockLabels labels = StockLabels.Of(model, source, options, imageWidth, imageHeight);
        ImagePreparation preparation = new ModelInput(model, source, options).Preparation;
        return Create(
            context, (outputColumnName, inputColumnName), modelFile, model.InputFormat, labels, preparation,
            (imageWidth, imageHeight));
    }

    private static IEstimator<ITransformer> Create(
        MLContext context, (string Output, string Input) columns, string modelFile, ImageInputFormat input, StockLabels labels,
        ImagePreparation preparation, (int Width, int Height) size)
    {
        TransformsCatalog transforms = context.Transforms;
        string image = input.Value.Name, mask = labels.Output.Name;

        // ApplyOnnxModel finds a graph's inputs and outputs by column name, and wants every size fixed.
        var onnx = new OnnxOptions
        {
            ModelFile = modelFile,
            InputColumns = [image],
            OutputColumns = [mask],
            ShapeDictionary = new Dictionary<string, int[]>
            {
                [image] = [.. input.ShapeFor(1, size.Height, size.Width).Select(side => (int)side)],
                [mask] = [.. labels.Output.Dimensions],
            },
        };
        IDataView keys = context.Data.LoadFromEnumerable(labels.ClassNames.Select(name => new ClassName { Name = name }));
        string[] helpers = [.. new[] { image, mask }.Where(name => name != columns.Input && name != columns.Output)];
        IEstimator<ITransformer> pipeline = transforms
            .ResizeImages(image, size.Width, size.Height, columns.Input, ImageResizingEstimator.ResizingKind.Fill)
            .Append(StockPixels.Create(transforms, image, input, preparation, OnnxModelFile.Name(modelFile)))
            .Append(Apply(transforms, onnx))
            .Append(labels.MapTo(transforms, columns.Output))
            .Append(transforms.Conversion.MapValueToKey(columns.Output, keyData: keys));
        return helpers.Length == 0 ? pipeline : pipeline.Append(transforms.DropColumns(helpers));
    }

    private static OnnxScoringEstimator Apply(TransformsCatalog transforms, OnnxOptions onnx)
    {
        try
        {
            return transforms.ApplyOnnxModel(onnx);
        }
        catch (InvalidOperationException error) when (error.Message.Contains("Unsupported ONNX", StringComparison.Ordinal))
        {
            throw new InvalidDataException(
                $"{OnnxModelFile.Name(onnx.ModelFile)} cannot be scored by stock parts alone: ML.NET's ApplyOnnxModel does not "
                + $"take weights in half precision ({error.Message}). Use SegmentImage.", error);
        }
    }

    private static void RequireStock(SegmentImageOptions options)
    {
        SegmentImageOptions others = options with
        {
            Preparation = null,
            Output = null,
            Scores = null,
            Classes = null,
            ClassNames = null,
        };
        if (others != new SegmentImageOptions())
        {
            throw new ArgumentException(
                "Stock parts honour Preparation, Output, Scores, Classes and ClassNames alone, but another option is set. Leave "
                + "it out, or use SegmentImage.", nameof(options));
        }
    }

    private static void CheckFile(OnnxModelInfo model, string modelFile, string source)
    {
        string? why = OnnxModelSource.OfFile(modelFile).FindWeightFiles().Count > 0
            ? "ML.NET's zip keeps the model's file alone, and its weights lie in another one"
            : model.InputFormat.Batch > 1 ? $"ApplyOnnxModel scores one image at a time, and {model.ImageInput} takes more"
            : null;
        if (why is not null)
        {
            throw new InvalidDataException(
                $"{source} cannot be scored by stock parts alone: {why}. Use SegmentImage, or adopt the model first.");
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
