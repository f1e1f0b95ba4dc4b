using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>
/// Masks that mean something else than their numbers say: what is said of them, and that what is said mends it.
/// </summary>
[TestClass]
public sealed class MaskKindsTest
{
    private const int Half = CheckedFolder.Width / 2 * CheckedFolder.Height;
    private static readonly string[] _names = ["ground", "thing"];
    private static readonly string[] _files = ["a", "b", "c", "d"];
    private static readonly Rgb _red = new(255, 0, 0), _white = new(255, 255, 255);
    private static readonly ReadMasksOptions _coloured = new() { Palette = [default, _red], AllowIndices = true };
    private readonly CheckedFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Run_PalettesThatNumberColoursAnew_AreReadByColoursAndSaid()
    {
        foreach (string name in _files) WritePalette(name, isObject => isObject ? 1 : 0, [default, _red]);
        WritePalette("b", isObject => isObject ? 0 : 1, [_red, default]);
        WritePalette("c", _ => 0, [_red]);
        WritePalette("d", isObject => isObject ? 5 : 2, [_white, _white, default, _white, _white, _red]);

        DataReport report = _folder.Run(_names, _coloured);

        CollectionAssert.AreEqual(new[] { "b", "c", "d" }.Select(name => _folder.MaskPath(name)).ToArray(),
            report.Findings.Select(one => one.File).ToArray());
        Assert.IsTrue(report.Findings.All(one => one is { Severity: FindingSeverity.Warning, Check: "palette-order" }));
        CollectionAssert.AreEqual(Expected(), Read("b", _coloured));
        CollectionAssert.AreEqual(Expected(), Read("d", _coloured));
        Assert.IsTrue(Read("c", _coloured).All(key => key == 2));
    }

    [TestMethod]
    public void Run_PalettesThatDifferWithoutKnownColours_AreAnError()
    {
        foreach (string name in _files) WritePalette(name, isObject => isObject ? 1 : 0, [default, _red]);
        WritePalette("c", isObject => isObject ? 0 : 1, [_red, default]);
        foreach (string[]? names in new[] { _names, null })
        {
            DataFinding finding = One(_folder.Run(names));
            Assert.AreEqual((FindingSeverity.Error, "palettes-differ", _folder.MaskPath("c")),
                (finding.Severity, finding.Check, finding.File));
            StringAssert.Contains(finding.Found, _folder.MaskPath("a"));
            StringAssert.Contains(finding.Fix, "#");
        }
    }

    [TestMethod]
    public void Run_PaletteWithAContradictionAndAnUnknownColour_IsAnError()
    {
        WritePalette("b", isObject => isObject ? 0 : 1, [_red, new Rgb(1, 2, 3)]);
        DataFinding finding = One(_folder.Run(_names, _coloured));
        Assert.AreEqual("colour-outside-classes", finding.Check);
        StringAssert.Contains(finding.Found, "#010203");
    }

    [TestMethod]
    public void Run_IndicesGrayAndColoursMixed_AreAllRead()
    {
        WritePalette("a", isObject => isObject ? 1 : 0, Palette.Voc(2));
        _folder.WriteColourMask("b", red: 255);
        WriteGray("c", (x, _) => IsObject(x) ? 1 : 0);
        Assert.IsEmpty(_folder.Run(_names, _coloured).Findings);
        foreach (string name in _files[..3]) CollectionAssert.AreEqual(Expected(), Read(name, _coloured), name);
    }

    [TestMethod]
    public void Run_GrayMasksOfTheClassesColours_AreReadByThem()
    {
        var options = new ReadMasksOptions { Palette = [default, _white], AllowIndices = true };
        foreach (string name in _files) WriteGray(name, (x, _) => IsObject(x) ? 255 : 0);
        Assert.IsEmpty(_folder.Run(_names, options).Findings);
        CollectionAssert.AreEqual(Expected(), Read("a", options));
    }

    [TestMethod]
    public void Run_GrayImageAsAPaletteThatIsNumberedAnew_IsReadByItsGrays()
    {
        WritePalette("b", isObject => isObject ? 0 : 1, [new Rgb(1, 1, 1), default]);
        DataFinding finding = One(_folder.Run(_names));
        Assert.AreEqual(("palette-order", _folder.MaskPath("b")), (finding.Check, finding.File));
        CollectionAssert.AreEqual(Expected(), Read("b", new()));
    }

    [TestMethod]
    public void Run_GrayPaletteToLookAt_IsReadByItsIndices()
    {
        WritePalette("b", isObject => isObject ? 1 : 0, [default, _white]);
        WritePalette("c", isObject => isObject ? 1 : 0, [default, default]);
        WritePalette("d", isObject => isObject ? 1 : 0, [new Rgb(200, 200, 200), new Rgb(128, 128, 128)]);
        Assert.IsEmpty(_folder.Run(_names).Findings);
        foreach (string name in _files[1..]) CollectionAssert.AreEqual(Expected(), Read(name, new()), name);
    }

    [TestMethod]
    public void Run_GrayEdges_AreOneFindingAndTheThresholdMendsIt()
    {
        foreach (string name in _files) WriteGray(name, (x, y) => Edge(x + (y % 7)));

        foreach (string[]? names in new[] { _names, null })
        {
            DataFinding finding = One(_folder.Run(names));
            Assert.AreEqual((FindingSeverity.Error, "gray-edges"), (finding.Severity, finding.Check));
            StringAssert.Contains(finding.Fix, "--mask-threshold 128");
            Assert.DoesNotContain("--ignore", finding.Fix);
            var options = new ReadMasksOptions { Threshold = 128 };
            Assert.IsEmpty(_folder.Run(names, options).Findings);
        }
        StringAssert.Contains(
            One(_folder.Run(masks: new ReadMasksOptions { IgnoreLabel = 255 })).Fix, "in place of --ignore 255");
        uint[] keys = Read("a", new ReadMasksOptions { Threshold = 128 });
        CollectionAssert.AreEqual(
            Enumerable.Range(0, keys.Length)
                .Select(i => Edge((i % CheckedFolder.Width) + (i / CheckedFolder.Width % 7)) < 128 ? 1u : 2u).ToArray(), keys);
    }

    [TestMethod]
    public void Run_FewShadesWithTwoClassesNamed_AreGrayEdges()
    {
        foreach (string name in _files) WriteGray(name, (x, _) => x < 30 ? 0 : x == 30 ? 64 : x == 31 ? 191 : 255);
        Assert.AreEqual("gray-edges", One(_folder.Run(_names)).Check);
        DataFinding finding = One(_folder.Run());
        Assert.AreEqual("values-with-gaps", finding.Check);
        StringAssert.Contains(finding.Fix, "--mask-threshold 128");
    }

    [TestMethod]
    public void Run_ManyClassesAndAnIgnoredWhite_AreNoGrayEdges()
    {
        foreach (string name in _files) WriteGray(name, (x, _) => x == 0 ? 255 : x < 24 ? 0 : x);
        Assert.DoesNotContain(
            "gray-edges", _folder.Run(masks: new ReadMasksOptions { IgnoreLabel = 255 }).Findings.Select(one => one.Check));
    }

    [TestMethod]
    [DataRow(255, 8, 128)]
    [DataRow(65535, 16, 32768)]
    public void Run_BlackAndWhite_IsReadAsTwoClassesAndSaid(int white, int depth, int threshold)
    {
        foreach (string name in _files) WriteGray(name, (x, _) => IsObject(x) ? white : 0, depth);
        WriteGray("d", (_, _) => 0, depth);

        foreach (string[]? names in new[] { _names, null })
        {
            DataReport report = _folder.Run(names);
            DataFinding finding = One(report);
            Assert.AreEqual((FindingSeverity.Warning, "mask-0-255"), (finding.Severity, finding.Check));
            StringAssert.Contains(finding.Found, $"{white} is read as {names?[1] ?? "class 1"}");
            Assert.HasCount(2, report.ClassNames);
            Assert.AreEqual(threshold, report.Masks.Threshold);
            CollectionAssert.AreEqual(Expected(), Read("a", report.Masks));
        }
        Assert.IsEmpty(_folder.Run(masks: new ReadMasksOptions { Threshold = threshold }).Findings);
    }

    [TestMethod]
    public void Run_BlackAndWhiteIgnored_SaysToLeaveOutTheOption()
    {
        foreach (string name in _files) WriteGray(name, (x, _) => IsObject(x) ? 255 : 0);
        DataFinding finding = One(_folder.Run(masks: new ReadMasksOptions { IgnoreLabel = 255 }));
        Assert.AreEqual("one-class", finding.Check);
        StringAssert.Contains(finding.Fix, "leave out --ignore 255");
    }

    [TestMethod]
    public void Run_SomeMasksOf1AndSomeOf255_IsMendedByAThresholdOf1()
    {
        WriteGray("a", (x, _) => IsObject(x) ? 255 : 0);
        DataFinding finding = One(_folder.Run(_names));
        Assert.AreEqual("mask-0-255", finding.Check);
        StringAssert.Contains(finding.Fix, "--mask-threshold 1,");
        var options = new ReadMasksOptions { Threshold = 1 };
        Assert.IsEmpty(_folder.Run(_names, options).Findings);
        foreach (string name in _files) CollectionAssert.AreEqual(Expected(), Read(name, options), name);
        Assert.AreEqual("mask-below-threshold", _folder.Run(_names, new ReadMasksOptions { Threshold = 128 }).Findings[0].Check);
    }

    [TestMethod]
    public void Run_ColourImageOfGrays_IsReadByThem()
    {
        _folder.WriteMask("b", (x, _) => (byte)(IsObject(x) ? 1 : 0));
        File.WriteAllBytes(_folder.MaskPath("b"), TestPng.Build(CheckedFolder.Width, CheckedFolder.Height, 8, 2,
            [.. Enumerable.Range(0, 3 * CheckedFolder.Width * CheckedFolder.Height)
                .Select(i => (ushort)(IsObject(i / 3 % CheckedFolder.Width) ? 1 : 0))]));
        Assert.IsEmpty(_folder.Run(_names).Findings);
        CollectionAssert.AreEqual(Expected(), Read("b", new()));
    }

    [TestMethod]
    [DataRow(new[] { 0, 128, 255 }, FindingSeverity.Error)]
    [DataRow(new[] { 0, 50, 100 }, FindingSeverity.Warning)]
    [DataRow(new[] { 5, 9 }, FindingSeverity.Warning)]
    public void Run_UnnamedValuesWithGaps_AreOneFinding(int[] values, FindingSeverity severity)
    {
        foreach (string name in _files) WriteGray(name, (x, _) => values[x * values.Length / CheckedFolder.Width]);

        DataFinding finding = One(_folder.Run());

        Assert.AreEqual((severity, "values-with-gaps"), (finding.Severity, finding.Check));
        StringAssert.Contains(finding.Found, string.Join(", ", values));
        StringAssert.Contains(finding.Fix, $"'{values[^1]} object'");
        int[] classOfLabel = [.. Enumerable.Range(0, values[^1] + 1).Select(value => Array.IndexOf(values, value))];
        Assert.IsEmpty(
            _folder.Run(
                [.. values.Select(value => $"value {value}")], new ReadMasksOptions { ClassOfLabel = classOfLabel }).Findings);
    }

    [TestMethod]
    public void Run_ValuesFrom0To5And255_AreAskedAbout255()
    {
        foreach (string name in _files) WriteGray(name, (x, _) => x < 40 ? x / 8 : x < 44 ? 5 : 255);
        Assert.IsTrue(_folder.Run().Findings.All(one => one.Check == "value-outside-classes"));
    }

    [TestMethod]
    public void Run_FoldersExchanged_IsOneFinding()
    {
        DataFinding finding = One(SegmentationDataCheck.Run(SegmentationDataCheck.Find(_folder.Masks, _folder.Images)));
        Assert.AreEqual((FindingSeverity.Error, "folders-exchanged"), (finding.Severity, finding.Check));
        StringAssert.Contains(finding.Fix, "--images");
    }

    [TestMethod]
    public void ReadMasks_ThresholdThatDoesNotFit_IsRefused()
    {
        var context = new MLContext();
        foreach (ReadMasksOptions options in new ReadMasksOptions[]
        {
            new() { Threshold = 0 }, new() { Threshold = 65536 }, new() { Threshold = 1, ClassOfLabel = [0, 1] },
            new() { Threshold = 1, Palette = [default, _red] }, new() { AllowIndices = true }, new() { ClassOfLabel = [0, -2] },
        })
        {
            Assert.Throws<ArgumentException>(
                () => context.Transforms.ReadMasks("Label", null, _names, options: options), options.ToString());
        }
        Assert.ThrowsExactly<ArgumentException>(
            () => context.Transforms.ReadMasks("Label", null, ["a", "b", "c"], options: new() { Threshold = 1 }));
    }

    private static bool IsObject(int x) => x >= CheckedFolder.Width / 2;

    /// <summary>Black, a ramp of eleven shades, white.</summary>
    private static int Edge(int x) => Math.Clamp((x - 18) * 22, 0, 255);

    private static uint[] Expected() =>
        [.. Enumerable.Range(0, 2 * Half).Select(i => IsObject(i % CheckedFolder.Width) ? 2u : 1u)];

    private static DataFinding One(DataReport report)
    {
        Assert.HasCount(1, report.Findings, string.Join(Environment.NewLine, report.Findings));
        return report.Findings[0];
    }

    private void WritePalette(string name, Func<bool, int> index, Rgb[] palette) => PngWriter.WriteIndexed(
        _folder.MaskPath(name), [.. Enumerable.Range(0, 2 * Half).Select(i => (byte)index(IsObject(i % CheckedFolder.Width)))],
        CheckedFolder.Width, CheckedFolder.Height, palette);

    private void WriteGray(string name, Func<int, int, int> value, int depth = 8) =>
        File.WriteAllBytes(_folder.MaskPath(name), TestPng.Build(
            CheckedFolder.Width, CheckedFolder.Height, depth, 0,
            [.. Enumerable.Range(0, 2 * Half).Select(i => (ushort)value(i % CheckedFolder.Width, i / CheckedFolder.Width))]));

    private uint[] Read(string name, ReadMasksOptions options)
    {
        var context = new MLContext();
        IDataView data = context.Data.LoadFromEnumerable([new FreshProcess.InputRow { MaskPath = _folder.MaskPath(name) }]);
        return context.Transforms.ReadMasks("Label", null, _names, "MaskPath", options)
            .Fit(data).Transform(data).GetColumn<uint[]>("Label").Single();
    }
}
