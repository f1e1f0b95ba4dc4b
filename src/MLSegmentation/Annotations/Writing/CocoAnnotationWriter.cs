using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Writes COCO's JSON of instances: an annotation for each region, in compressed run lengths or as a polygon. The categories are
/// the classes but the background, from 1. Of a prediction an annotation has the key <c>score</c>, as in COCO's results.
/// </summary>
/// <remarks>
/// Source: the "data format" of cocodataset.org. There is no place for pixels to ignore: they are in no annotation.
/// </remarks>
internal sealed class CocoAnnotationWriter : IAnnotationWriter
{
    private readonly AnnotationWriterOptions _options;
    private readonly PartialFile _file;
    private readonly CocoFile _coco;

    /// <summary>Begins a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How labels are written.</param>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    /// <exception cref="InvalidDataException">A class would be read as the background.</exception>
    public CocoAnnotationWriter(string path, AnnotationWriterOptions options)
    {
        options.Classes.RequireLabels();
        _options = options;
        _file = NewFile.Begin(path);
        try
        {
            _coco = new CocoFile(
                _file.Stream, path, "Annotations of MLSegmentation",
                options.Classes.Labels.Select((label, index) => (index + 1, label)));
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public int Add(LabelledImage image)
    {
        _coco.AddImage(image.File, image.Width, image.Height);
        MaskRegions regions = MaskRegions.Find(image, _options.Classes);
        IReadOnlyDictionary<uint, IReadOnlyList<int>> runs =
            _options.AsPolygons ? new Dictionary<uint, IReadOnlyList<int>>()
            : RunLengths.EncodeAll(regions.Numbers, image.Width, image.Height);
        foreach (MaskRegion region in regions.All)
        {
            Utf8JsonWriter json = _coco.BeginAnnotation(_options.Classes.IndexOf(region.Key) + 1, region.Box, region.Area);
            if (region.Confidence is { } confidence) json.WriteNumber("score", confidence);
            if (_options.AsPolygons)
            {
                PolygonPoint[] ring = RegionOutline.Of(region.Outline, _options.Tolerance);
                CocoFile.WritePolygons(json, [ring.SelectMany(point => new[] { point.X, point.Y })]);
            }
            else CocoFile.WriteRunLengths(json, runs[region.Number], image.Width, image.Height);
            _coco.EndAnnotation();
        }
        return regions.All.Count;
    }

    public void Complete()
    {
        _coco.Complete();
        _file.Complete();
    }

    public void Dispose()
    {
        _coco.Dispose();
        _file.Dispose();
    }
}
