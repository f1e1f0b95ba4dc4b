using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Writes masks as COCO's JSON of instances. Images and annotations are numbered from 1 as they are added. Category k + 1 is
/// class k, and key 0 is in no annotation. A segmentation without holes is a list of polygons along the borders of pixels. With
/// holes, and always with <see cref="CocoOptions.RunLengthsOnly"/>, it is compressed run lengths; <c>iscrowd</c> is 0. The COCO
/// API makes exactly the mask's pixels of either. A bounding box is x, y, width and height in pixels, an area a number of pixels.
/// </summary>
/// <remarks>Source: the "data format" of cocodataset.org, and <c>maskApi.c</c> of the COCO API.</remarks>
public sealed class CocoWriter : MaskFileWriter
{
    private readonly CocoOptions _options;
    private readonly CocoFile _coco;

    /// <summary>Begins a file.</summary>
    /// <param name="path">The file; what was there is replaced when this is complete. Its folder must exist.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <param name="options">Null for the defaults: an annotation for each region, as polygons where it has no holes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The background is no class.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public CocoWriter(string path, IReadOnlyList<string> classNames, CocoOptions? options = null)
        : base(path, classNames, options?.Background)
    {
        _options = options ?? new CocoOptions();
        try
        {
            _coco = new CocoFile(Stream, path, "Masks of MLSegmentation", ClassNames.Select((name, index) => (index + 1, name)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private protected override void Write(string image, ReadOnlySpan<uint> mask, int width, int height)
    {
        _coco.AddImage(image, width, height);

        // Both number the regions by their first pixels.
        IReadOnlyList<MaskPolygon> polygons = MaskPolygons.Trace(mask, width, height);
        ReadOnlySpan<uint> parts = _options.OnePerClass
            ? mask
            : ConnectedRegions.Find(mask, width, height, Connectivity.Four).Labels;
        IReadOnlyDictionary<uint, IReadOnlyList<int>> runs = RunLengths.EncodeAll(parts, width, height);
        var annotations = polygons.Select(
            (polygon, index) => (Part: _options.OnePerClass ? polygon.Key : (uint)index + 1, Polygon: polygon))
            .GroupBy(item => item.Part, item => item.Polygon);
        foreach (IGrouping<uint, MaskPolygon> annotation in annotations)
            WriteAnnotation([.. annotation], runs[annotation.Key], width, height);
    }

    private protected override void WriteEnd() => _coco.Complete();

    private protected override void Close()
    {
        // It is not there where the constructor failed.
        _coco?.Dispose();
        base.Close();
    }

    private void WriteAnnotation(MaskPolygon[] polygons, IReadOnlyList<int> counts, int width, int height)
    {
        var box = PixelBox.Around([.. polygons.SelectMany(polygon => polygon.Outer)]);
        Utf8JsonWriter json = _coco.BeginAnnotation(
            (int)polygons[0].Key, box, counts.Where((_, run) => run % 2 == 1).Sum());
        if (_options.RunLengthsOnly || polygons.Any(polygon => polygon.Holes.Count > 0))
            CocoFile.WriteRunLengths(json, counts, width, height);
        else
        {
            CocoFile.WritePolygons(
                json, polygons.Select(polygon => polygon.Outer.SelectMany(point => new double[] { point.X, point.Y })));
        }
        _coco.EndAnnotation();
    }
}
