namespace MLSegmentation.Cli;

/// <summary>What <c>mlseg segment</c> writes.</summary>
[Flags]
internal enum OutputFormat
{
    /// <summary>The masks, which everything else is made of: they are written always.</summary>
    Png = 0,

    /// <summary>The probability of each pixel's class, a gray PNG for each image.</summary>
    Confidence = 1,

    /// <summary>The mask on the image, a PNG for each image.</summary>
    Overlay = 2,

    /// <summary>The regions of all images, a COCO file.</summary>
    Coco = 4,

    /// <summary>The regions of all images as polygons, a GeoJSON file.</summary>
    GeoJson = 8,

    /// <summary>The area of each class in each image, a CSV file.</summary>
    Csv = 16,
}
