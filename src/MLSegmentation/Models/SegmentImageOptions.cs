using System.Text.Json.Serialization;

namespace MLSegmentation;

/// <summary>Options of <see cref="SegmentImageEstimator"/>; the defaults take everything from the model.</summary>
public sealed record SegmentImageOptions : SegmentationOptions
{
    /// <summary>The options with their defaults.</summary>
    public SegmentImageOptions()
    {
    }

    /// <summary>The options that another record has of all that it has.</summary>
    internal SegmentImageOptions(SegmentationOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// The name of a column with the probability of each pixel's best class, 0 to 1, in the mask's order. Default null: none is
    /// made.
    /// </summary>
    public string? ConfidenceColumnName { get; init; }

    /// <summary>
    /// The name of an image column that shows the mask on the image. Default null: none is made. As with every image column of
    /// ML.NET, an image is disposed of when the next row's is read: save or copy it before.
    /// </summary>
    public string? OverlayColumnName { get; init; }

    /// <summary>
    /// The name of a column with the mask's width in pixels, a whole number. A mask of images of any size is a vector that does
    /// not tell it. 0 where a bad image gives a mask of no pixels. Default null: none is made.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WidthColumnName { get; init; }

    /// <summary>
    /// The name of a column with the mask's height in pixels, a whole number; 0 where a bad image gives a mask of no pixels.
    /// Default null: none is made.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HeightColumnName { get; init; }

    /// <summary>The opacity of the mask in the overlay, 0 (outlines only) to 1. Default 0.5.</summary>
    public double OverlayOpacity { get; init; } = MaskOverlay.DefaultOpacity;

    // What zips of version 0.1.0 call BadImageColumnName.
    [JsonInclude]
    [JsonPropertyName("ErrorColumnName")]
    private string? OlderBadImageColumnName
    {
        init => BadImageColumnName ??= value;
    }
}
