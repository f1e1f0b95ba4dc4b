using System.Globalization;
using System.Text;

namespace MLSegmentation;

/// <summary>
/// Writes YOLO's text files of segmentation: <c>data.yaml</c>, <c>labels</c> with a file for each image, and copies of the images
/// in <c>images</c>, beside which Ultralytics looks for labels. A line is a polygon; there is no place for a confidence, which
/// training would take for a point, and none for pixels to ignore. All images are for training and validation: the file names one
/// folder for both.
/// </summary>
/// <remarks>Source: Ultralytics' documentation, "Instance Segmentation Datasets Overview".</remarks>
internal sealed class YoloWriter : IAnnotationWriter
{
    private readonly string _folder;
    private readonly AnnotationWriterOptions _options;
    private readonly NewFiles _files = new();

    /// <summary>Begins a folder.</summary>
    /// <exception cref="IOException">It has a <c>data.yaml</c> already.</exception>
    /// <exception cref="InvalidDataException">A name cannot be in a line, or would be read as the background.</exception>
    public YoloWriter(string folder, AnnotationWriterOptions options)
    {
        (_folder, _options) = (folder, options);
        options.Classes.RequireLines();
        options.Classes.RequireLabels();
        NewFile.Require(DataFile);
    }

    private string DataFile => Path.Combine(_folder, "data.yaml");

    private string Images => Path.Combine(_folder, "images");

    public IEnumerable<string> FilesOf(ListedFile image) => [LabelsOf(image.Name), .. ImageCopies.FilesOf(image, Images)];

    public int Add(LabelledImage image)
    {
        MaskRegions regions = MaskRegions.Find(image, _options.Classes);
        ImageCopies.Add(image, Images, _files);
        AtomicFile.Write(_files.Claim(LabelsOf(image.Name)), stream =>
        {
            using var text = new StreamWriter(stream, leaveOpen: true);
            foreach (MaskRegion region in regions.All) text.Write(Line(region, image.Width, image.Height));
        });
        return regions.All.Count;
    }

    public void Complete()
    {
        // Within quotes, no name is taken for a number or a word of YAML's.
        IEnumerable<string> names = _options.Classes.Labels.Select((label, index) => string.Create(
            CultureInfo.InvariantCulture, $"  {index}: '{label.Replace("'", "''")}'\n"));
        _files.WriteText(DataFile, $"path: .\ntrain: images\nval: images\nnames:\n{string.Concat(names)}");
        _files.Complete();
    }

    public void Dispose() => _files.Dispose();

    private string LabelsOf(string name) => NewFile.Within(Path.Combine(_folder, "labels"), name + ".txt");

    private string Line(MaskRegion region, int width, int height)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{_options.Classes.IndexOf(region.Key)}");
        foreach (PolygonPoint point in RegionOutline.Of(region.Outline, _options.Tolerance))
            line.Append(CultureInfo.InvariantCulture, $" {point.X / width:0.######} {point.Y / height:0.######}");
        return line.Append('\n').ToString();
    }
}
