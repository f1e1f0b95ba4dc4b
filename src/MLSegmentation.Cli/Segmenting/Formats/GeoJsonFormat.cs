namespace MLSegmentation.Cli;

/// <summary>The regions of all images as polygons, in a GeoJSON file.</summary>
internal sealed class GeoJsonFormat : FolderFormat
{
    /// <inheritdoc/>
    public override string Name => "geojson";

    /// <inheritdoc/>
    public override string FileName => "masks.geojson";

    /// <inheritdoc/>
    public override MaskFileWriter Open(string path, IReadOnlyList<string> classNames, int? background) =>
        new GeoJsonWriter(path, classNames, background);
}
