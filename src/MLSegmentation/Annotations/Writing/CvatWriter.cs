using System.Globalization;
using System.Text;
using System.Xml;

namespace MLSegmentation;

/// <summary>
/// Writes "CVAT for images 1.1": an XML file with a <c>mask</c> or a <c>polygon</c> for each region. The run lengths of a mask go
/// by rows within the box around it. Of a prediction a shape has the attribute <c>confidence</c>, which CVAT keeps where the
/// task's labels have such an attribute.
/// </summary>
/// <remarks>
/// Source: CVAT's documentation, "XML annotation format", and <c>dump_as_cvat_annotation</c>. There is no place for pixels to
/// ignore: they are in no shape.
/// </remarks>
internal sealed class CvatWriter : IAnnotationWriter
{
    private const string Confidence = "confidence";

    private readonly AnnotationWriterOptions _options;
    private readonly PartialFile _file;
    private readonly XmlWriter _xml;
    private int _images;

    /// <summary>Begins a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How labels are written.</param>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    /// <exception cref="InvalidDataException">A class would be read as the background.</exception>
    public CvatWriter(string path, AnnotationWriterOptions options)
    {
        options.Classes.RequireLabels();
        _options = options;
        _file = NewFile.Begin(path);
        _xml = XmlWriter.Create(
            _file.Stream,
            new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        _xml.WriteStartElement("annotations");
        _xml.WriteElementString("version", "1.1");
        WriteLabels();
    }

    public int Add(LabelledImage image)
    {
        MaskRegions regions = MaskRegions.Find(image, _options.Classes);
        _xml.WriteStartElement("image");
        Write("id", _images++);
        _xml.WriteAttributeString("name", image.File);
        Write("width", image.Width);
        Write("height", image.Height);
        foreach (MaskRegion region in regions.All)
        {
            _xml.WriteStartElement(_options.AsPolygons ? "polygon" : "mask");
            _xml.WriteAttributeString("label", _options.Classes.LabelOf(region.Key));
            _xml.WriteAttributeString("source", _options.Model is null ? "manual" : "auto");
            Write("occluded", 0);
            if (_options.AsPolygons) WritePoints(RegionOutline.Of(region.Outline, _options.Tolerance));
            else WriteMask(regions, region);
            Write("z_order", 0);
            if (region.Confidence is { } confidence) WriteConfidence(confidence);
            _xml.WriteEndElement();
        }
        _xml.WriteEndElement();
        return regions.All.Count;
    }

    public void Complete()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        _file.Complete();
    }

    // The writer of the text is not disposed of: it would complete the elements of a file that is deleted.
    public void Dispose() => _file.Dispose();

    /// <summary>Run lengths by rows within a box, beginning with the pixels outside.</summary>
    private static List<int> RunLengthsOf(MaskRegions regions, MaskRegion region)
    {
        PixelBox box = region.Box;
        List<int> counts = [];
        int end = 0;
        foreach (PixelRun run in regions.RunsOf(region))
        {
            int start = ((run.Y - box.Top) * box.Width) + run.Left - box.Left, length = run.Right - run.Left;
            // A run that goes on from the end of a row to the next is one.
            if (counts.Count > 0 && start == end) counts[^1] += length;
            else counts.AddRange([start - end, length]);
            end = start + length;
        }
        if (end < box.Width * box.Height) counts.Add((box.Width * box.Height) - end);
        return counts;
    }

    private void WriteLabels()
    {
        Rgb[] colours = Palette.Voc(_options.Classes.Names.Count);
        foreach (string element in new[] { "meta", "task", "labels" }) _xml.WriteStartElement(element);
        foreach (var (index, label) in _options.Classes.Labels.Index())
        {
            _xml.WriteStartElement("label");
            _xml.WriteElementString("name", label);
            _xml.WriteElementString("color", $"{colours[index + (int)_options.Classes.FirstKey - 1]}".ToLowerInvariant());
            _xml.WriteElementString("type", "any");
            _xml.WriteStartElement("attributes");
            if (_options.Model is not null)
            {
                _xml.WriteStartElement("attribute");
                _xml.WriteElementString("name", Confidence);
                _xml.WriteElementString("mutable", "False");
                _xml.WriteElementString("input_type", "text");
                _xml.WriteElementString("default_value", "");
                _xml.WriteElementString("values", "");
                _xml.WriteEndElement();
            }
            _xml.WriteEndElement();
            _xml.WriteEndElement();
        }
        for (int i = 0; i < 3; i++) _xml.WriteEndElement();
    }

    private void WritePoints(PolygonPoint[] ring) => _xml.WriteAttributeString("points", string.Join(
        ';', ring.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:F2},{point.Y:F2}"))));

    private void WriteMask(MaskRegions regions, MaskRegion region)
    {
        _xml.WriteAttributeString("rle", string.Join(
            ", ", RunLengthsOf(regions, region).Select(count => count.ToString(CultureInfo.InvariantCulture))));
        Write("left", region.Box.Left);
        Write("top", region.Box.Top);
        Write("width", region.Box.Width);
        Write("height", region.Box.Height);
    }

    private void WriteConfidence(double confidence)
    {
        _xml.WriteStartElement("attribute");
        _xml.WriteAttributeString("name", Confidence);
        _xml.WriteString(confidence.ToString(CultureInfo.InvariantCulture));
        _xml.WriteEndElement();
    }

    private void Write(string name, int value) =>
        _xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
}
