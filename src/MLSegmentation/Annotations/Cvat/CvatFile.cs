using System.Globalization;
using System.Xml;

namespace MLSegmentation;

/// <summary>
/// What a file of CVAT's has: the labels of the task, and the images with their shapes. Of a video they are its frames, by the
/// names that CVAT gives them, <c>frame_000000</c> and so on.
/// </summary>
/// <param name="Labels">The labels, in their order.</param>
/// <param name="UsedLabels">The labels that shapes have, by their names.</param>
/// <param name="Images">The images, in their order.</param>
internal sealed record CvatFile(
    IReadOnlyList<string> Labels, IReadOnlyCollection<string> UsedLabels, IReadOnlyList<CvatImage> Images)
{
    /// <summary>The name of the element around all others.</summary>
    public const string Root = "annotations";

    /// <summary>An hour of a video: a few bytes must not claim more.</summary>
    private const int MostFrames = 100_000;

    private const string Image = "image", Track = "track";

    private static readonly string[] _shapes =
        ["polygon", "box", "ellipse", "mask", "polyline", "points", "cuboid", "skeleton"];

    /// <summary>Opens a file; nothing outside of it is read.</summary>
    public static XmlReader Open(string path) => XmlReader.Create(
        new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read),
        new XmlReaderSettings
        {
            CloseInput = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreWhitespace = true,
        });

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged or none of CVAT's.</exception>
    public static CvatFile Read(string path)
    {
        using XmlReader xml = Open(path);
        try
        {
            if (xml.MoveToContent() != XmlNodeType.Element || xml.Name != Root)
                throw new XmlException($"it begins with '{xml.Name}', expected '{Root}'");
            return ReadContent(xml);
        }
        catch (XmlException error)
        {
            throw new InvalidDataException(
                $"The file '{path}' is damaged or none of CVAT's: {PrintableText.Of(error.Message.TrimEnd('.'))}. Export it anew "
                + "as 'CVAT for images 1.1'.", error);
        }
    }

    private static CvatFile ReadContent(XmlReader xml)
    {
        List<string> labels = [];
        List<CvatImage> images = [];
        List<CvatShape> shapes = [];
        List<CvatTrack> tracks = [];
        Stack<string> open = [];
        var video = new Video();
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.EndElement) open.TryPop(out _);
            else if (xml.NodeType == XmlNodeType.Text)
            {
                string[] around = [.. open.Take(2)];
                if (around is ["name", "label"]) labels.Add(xml.Value);
                else if (around is [var name, var parent]) video.Read(parent, name, open.Count, xml.Value);
            }
            else if (xml.NodeType == XmlNodeType.Element)
            {
                // Shapes are directly in an image or a track, and these directly in the root.
                string? around = open.Count <= 1 ? open.FirstOrDefault() : "";
                if (around is null && xml.Name == Image) images.Add(ReadImage(xml, shapes = []));
                else if (around is null && xml.Name == Track)
                    tracks.Add(new CvatTrack(new CvatAttributes(xml).Text("label"), []));
                else if (around == Image && _shapes.Contains(xml.Name)) shapes.Add(CvatShape.Read(xml, null));
                else if (around == Track && _shapes.Contains(xml.Name))
                    tracks[^1].Shapes[FrameOf(xml)] = CvatShape.Read(xml, tracks[^1].Label);
                if (!xml.IsEmptyElement) open.Push(xml.Name);
            }
        }
        SortedSet<string> used = new(
            images.SelectMany(image => image.Shapes).Select(shape => shape.Label).Concat(tracks.Select(track => track.Label)),
            StringComparer.Ordinal);
        if (tracks.Count > 0) images.AddRange(video.Images(tracks));
        return new CvatFile([.. labels.Distinct()], used, images);
    }

    private static int FrameOf(XmlReader xml) =>
        int.TryParse(xml.GetAttribute("frame"), CultureInfo.InvariantCulture, out int frame) && frame >= 0
            ? frame
            : throw new XmlException($"the {xml.Name} in line {new CvatAttributes(xml).Line} has no frame");

    private static CvatImage ReadImage(XmlReader xml, List<CvatShape> shapes)
    {
        string file = new CvatAttributes(xml).Text("name");
        bool hasSize = int.TryParse(xml.GetAttribute("width"), CultureInfo.InvariantCulture, out int width)
            & int.TryParse(xml.GetAttribute("height"), CultureInfo.InvariantCulture, out int height);
        string? subset = xml.GetAttribute("subset") is { Length: > 0 } part ? part : null;
        return new CvatImage(file, subset, hasSize && width > 0 && height > 0 ? (width, height) : null, shapes);
    }

    /// <summary>What the meta data says of a video.</summary>
    private sealed class Video
    {
        /// <summary>How deep below the root the numbers of the one task lie; those of a project's tasks lie deeper.</summary>
        private const int OwnDepth = 3;

        private const string Step = "step=";

        private readonly Dictionary<(string, string), int> _numbers = [];

        public void Read(string parent, string name, int depth, string text)
        {
            if (text.StartsWith(Step, StringComparison.Ordinal)) text = text[Step.Length..];
            if (!int.TryParse(text, CultureInfo.InvariantCulture, out int number)) return;
            _numbers.TryAdd((parent, name), number);
            if (depth == OwnDepth) _numbers.TryAdd(("", name), number);
        }

        /// <summary>
        /// The frames of the video with the shapes of each: those that the file says it has, else from the first to the last that
        /// a track has.
        /// </summary>
        public IEnumerable<CvatImage> Images(List<CvatTrack> tracks)
        {
            int[] frames = [.. tracks.SelectMany(track => track.Shapes.Keys)];
            if (frames.Length == 0) yield break;
            (int, int)? size = _numbers.TryGetValue(("original_size", "width"), out int width)
                && _numbers.TryGetValue(("original_size", "height"), out int height) && width > 0 && height > 0
                    ? (width, height)
                    : null;
            int first = Own("start_frame", 0, frames.Min()) ?? frames.Min(), step = Own("frame_filter", 1, MostFrames) ?? 1;
            int last = Own("stop_frame", first, int.MaxValue) ?? frames.Max();
            // A track may end with a shape outside of the picture behind the last frame.
            int drawn = tracks.SelectMany(track => track.Shapes).Where(one => !one.Value.IsOutside)
                .Select(one => one.Key).DefaultIfEmpty(first).Max();
            if (drawn > last) throw new XmlException($"a track has the frame {drawn}, and the stop_frame is {last}");
            if (((long)last - first) / step >= MostFrames)
            {
                throw new XmlException(
                    $"it goes over the frames {first} to {last}, expected at most {MostFrames}: make several tasks of the video");
            }
            for (long next = first; next <= last; next += step)
            {
                int frame = (int)next;
                yield return new CvatImage(
                    string.Create(CultureInfo.InvariantCulture, $"frame_{frame:000000}"), null, size,
                    tracks.Select(track => track.At(frame)).OfType<CvatShape>());
            }
        }

        /// <summary>A number of the task or job; null where the file has none within these bounds.</summary>
        private int? Own(string name, int least, int most) =>
            _numbers.TryGetValue(("", name), out int number) && number >= least && number <= most ? number : null;
    }
}
