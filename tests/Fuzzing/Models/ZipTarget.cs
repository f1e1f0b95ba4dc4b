using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using MLSegmentation;
using MLSegmentation.Training;

namespace Fuzzing.Models;

/// <summary>
/// Loads ML.NET zips of this project's transforms and of ML.NET's own, with other type names, versions, settings and lengths.
/// What ML.NET itself throws is its own; what this project throws is <see cref="InvalidDataException"/>, or ML.NET's for a
/// version that it does not know.
/// </summary>
internal sealed class ZipTarget : FuzzTarget
{
    // ML.NET puts this key into the data of what it throws. Its frames may be missing from a stack trace: small methods are
    // inlined.
    private const string MarkOfMLNet = "ML_IsMarked";

    private static readonly string[] _names =
    [
        "MLSegSegmentImage", "MLSegReadImages", "MLSegReadMasks", "MLSegOverlayMask", "ColumnCopyingTransf",
        "ImageLoaderTransform", "OnnxTransform", "CustomMapping", "System.Diagnostics.Process",
        "MLSegmentation, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null",
        "System.Diagnostics.Process, Version=10.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a", "NoSuch",
    ];

    // A case is the same bytes whenever it is made.
    private static readonly DateTimeOffset _written = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly MLContext _context = new(1);
    private readonly Lazy<(string Name, byte[] Content)[]> _entries;

    public ZipTarget() => _entries = new(ReadEntries);

    public override string Name => "zip";

    public override byte[] Make(FuzzRandom random)
    {
        List<(string Name, byte[] Content)> entries = [.. _entries.Value];
        for (int i = random.Between(0, 3); i > 0; i--)
        {
            int at = random.Below(entries.Count);
            (string name, byte[] content) = entries[at];
            entries[at] = random.Below(8) switch
            {
                0 => (name, []),
                1 => (name.Replace('/', '\\'), content),
                2 => (random.Pick("../x", "/etc/x", "TransformerChain/Model.key", name + "x"), content),
                3 => (name, random.Pick<(string Name, byte[] Content)>([.. entries]).Content),
                4 or 5 when name.EndsWith("Model.key", StringComparison.Ordinal) => (name, Renamed(random, content)),
                _ when content.Length > 0 => (name, Mutation.Apply(random, [.. content])),
                _ => (name, random.Bytes(20)),
            };
            if (random.Percent(5)) entries.RemoveAt(random.Below(entries.Count));
        }
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Fastest);
                entry.LastWriteTime = _written;
                using Stream stream = entry.Open();
                stream.Write(content);
            }
        }
        return random.Percent(15) ? Mutation.Apply(random, bytes.ToArray()) : bytes.ToArray();
    }

    public override bool Read(byte[] file)
    {
        try
        {
            using var stream = new MemoryStream(file);
            ITransformer model = _context.Model.Load(stream, out _);
            (model as IDisposable)?.Dispose();
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        catch (Exception error) when (error is not (OutOfMemoryException or StackOverflowException) && !IsOurs(error))
        {
            return false;
        }
    }

    /// <summary>Whether this project's code threw, or called what did.</summary>
    private static bool IsOurs(Exception error)
    {
        for (Exception? inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is InvalidDataException) return false;
            if (inner.Data.Contains(MarkOfMLNet)) continue;
            string? first = inner.StackTrace?.Split('\n')
                .FirstOrDefault(line => !line.Contains("System.", StringComparison.Ordinal));
            if (first?.Contains("MLSegmentation", StringComparison.Ordinal) == true) return true;
        }
        return false;
    }

    /// <summary>Another name of a loader or an assembly, in place of one that is there.</summary>
    private static byte[] Renamed(FuzzRandom random, byte[] content)
    {
        byte[] name = Encoding.Unicode.GetBytes(random.Pick<string>(_names));
        if (random.Percent(50)) name = Encoding.UTF8.GetBytes(random.Pick<string>(_names));
        byte[] changed = [.. content];
        int at = random.Below(changed.Length);
        name.AsSpan(0, Math.Min(name.Length, changed.Length - at)).CopyTo(changed.AsSpan(at));
        return changed;
    }

    private (string Name, byte[] Content)[] ReadEntries()
    {
        using var zip = new ZipArchive(new MemoryStream(Save()));
        return [.. zip.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using (Stream stream = entry.Open()) stream.CopyTo(content);
            return (entry.FullName, content.ToArray());
        })];
    }

    /// <summary>A pipeline with this project's transforms, and some of ML.NET's.</summary>
    private byte[] Save()
    {
        using TorchNetwork network = SmallNetwork.Create();
        byte[] onnx = SegmentationExporter.Export(
            network, new() { ClassNames = ["background", "object"], Palette = [new Rgb(0, 0, 0), new Rgb(255, 0, 0)] });
        IDataView rows = _context.Data.LoadFromEnumerable(new[] { new Row() });
        var pipeline = _context.Transforms.CopyColumns("Copy", nameof(Row.Path))
            .Append(_context.Transforms.ReadImages("Image", null, nameof(Row.Path)))
            .Append(_context.Transforms.ReadMasks("Label", null, ["background", "object"], nameof(Row.Path)))
            .Append(_context.Transforms.SegmentImage("Mask", "Image", onnx))
            .Append(_context.Transforms.OverlayMask("Overlay", "Mask", "Image"))
            .Append(_context.Transforms.MaskToPolygons("Polygons", "Mask", "Image"));
        using var bytes = new MemoryStream();
        _context.Model.Save(pipeline.Fit(rows), rows.Schema, bytes);
        return bytes.ToArray();
    }

    private sealed class Row
    {
        public string Path { get; set; } = "";
    }
}
