using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>The preparation of pixels by ML.NET's own ExtractPixels: (v − offset) · scale, the same for all channels.</summary>
internal static class StockPixels
{
    /// <summary>The part that makes a graph's input of an image.</summary>
    /// <param name="transforms">ML.NET's parts.</param>
    /// <param name="column">The image's column, which becomes that of the pixels.</param>
    /// <param name="input">The graph's input.</param>
    /// <param name="preparation">What is done to pixels.</param>
    /// <param name="source">What errors call the model.</param>
    /// <exception cref="InvalidDataException">ExtractPixels cannot do that.</exception>
    public static ImagePixelExtractingEstimator Create(
        TransformsCatalog transforms, string column, ImageInputFormat input, ImagePreparation preparation, string source)
    {
        if (input.Channels != 3) throw Cannot(source, $"makes 3 channels of an image, and {input.Value} takes {input.Channels}");
        if (!input.IsOfBytes && input.Value.ElementType != typeof(float))
            throw Cannot(source, $"makes floats or bytes, and {input.Value} takes neither");
        if (preparation.Mean.Distinct().Count() > 1 || preparation.Deviation.Distinct().Count() > 1)
            throw Cannot(source, $"has one offset and one scale for all channels, and pixels are prepared as {preparation}");
        return transforms.ExtractPixels(
            column,
            orderOfExtraction: preparation.ColourOrder == ColourOrder.Bgr
                ? ImagePixelExtractingEstimator.ColorsOrder.ABGR
                : ImagePixelExtractingEstimator.ColorsOrder.ARGB,
            interleavePixelColors: input.Layout == TensorLayout.ChannelsLast,
            offsetImage: (float)(preparation.Mean[0] / preparation.Scale),
            scaleImage: (float)(preparation.Scale / preparation.Deviation[0]),
            outputAsFloatArray: !input.IsOfBytes);
    }

    private static InvalidDataException Cannot(string source, string why) =>
        new($"{source} cannot be scored by stock parts alone: ExtractPixels {why}. Use SegmentImage, or adopt the model first.");
}
