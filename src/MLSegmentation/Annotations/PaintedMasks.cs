using System.Globalization;

namespace MLSegmentation;

/// <summary>
/// The masks of an annotation file as files in a temporary folder, which is deleted with this: painted once, they are read as
/// often as a training sees them.
/// </summary>
internal sealed class PaintedMasks : IDisposable
{
    private readonly string _folder = TemporaryFolder.Create();
    private readonly List<DataFinding> _findings = [];
    private readonly List<DataSample> _samples = [];

    private PaintedMasks()
    {
    }

    /// <summary>The images with their masks, but those whose annotations have errors.</summary>
    public IReadOnlyList<DataSample> Samples => _samples;

    /// <summary>The number of images whose annotations have errors.</summary>
    public int Failures { get; private set; }

    /// <summary>What is wrong with the annotations.</summary>
    public IReadOnlyList<DataFinding> Findings => _findings;

    /// <summary>The value of ignored pixels in masks of so many classes.</summary>
    public static int IgnoreLabel(int classes) => classes > MaskPng.NoClass ? MaskPng.NoClassOfMany : MaskPng.NoClass;

    /// <summary>Paints the masks of images, several at a time.</summary>
    /// <param name="painter">Paints one.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="images">The images, and the part of the set that each belongs to.</param>
    /// <param name="progress">Is told the number of masks painted.</param>
    /// <param name="cancellation">Stops the painting.</param>
    /// <exception cref="IOException">A mask cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static PaintedMasks Paint(
        MaskPainter painter, int classes, IReadOnlyList<(AnnotatedImage Image, string? Part)> images, IProgress<int>? progress,
        CancellationToken cancellation)
    {
        var masks = new PaintedMasks();
        try
        {
            masks.Paint(painter, Palette.Voc(classes), images, progress, cancellation);
            return masks;
        }
        catch
        {
            masks.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Paint(
        MaskPainter painter, IReadOnlyList<Rgb> palette, IReadOnlyList<(AnnotatedImage Image, string? Part)> images,
        IProgress<int>? progress, CancellationToken cancellation)
    {
        int done = 0, overlapping = 0;
        long covered = 0, changed = 0;
        foreach (Painted one in OrderedParallel.Select(
            images.Index(), image => Paint(painter, palette, image.Item.Image, image.Item.Part, image.Index), cancellation))
        {
            if (one.Sample is { } sample) _samples.Add(sample);
            else Failures++;
            _findings.AddRange(one.Findings);
            covered += one.Covered;
            changed += one.Changed;
            if (one.Changed > 0) overlapping++;
            progress?.Report(++done);
        }
        if (changed == 0) return;
        _findings.Add(new DataFinding(FindingSeverity.Warning, "regions-overlap", null, null,
            $"In {Plural.Of(overlapping, "image")} regions overlap: {Plural.Of(covered, "pixel")} are covered by a later one, "
            + string.Create(CultureInfo.InvariantCulture, $"{changed:N0} of them by one of another class"),
            "A later region wins, unless the format has an order. Bring those to the front that are in front."));
    }

    private Painted Paint(MaskPainter painter, IReadOnlyList<Rgb> palette, AnnotatedImage image, string? part, int number)
    {
        List<DataFinding> findings = [];
        if (painter.Paint(image, part, findings) is not { } mask) return new Painted(null, findings, 0, 0);
        string path = Path.Combine(_folder, $"{number}.png");
        MaskPng.Write(path, mask.Keys, mask.Width, mask.Height, palette);
        return new Painted(new DataSample(image.Name, image.Path, path, part), findings, mask.Covered, mask.Changed);
    }

    private sealed record Painted(DataSample? Sample, List<DataFinding> Findings, long Covered, long Changed);
}
