using SkiaSharp;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class SegmentationDataCheckTest
{
    private static readonly string[] _names = ["ground", "thing"];
    private readonly CheckedFolder _folder = new();

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void Run_WithoutAFault_FindsNothing()
    {
        DataReport report = _folder.Run(split: _folder.Split());
        Assert.IsEmpty(report.Findings);
        Assert.AreEqual(4, report.Images);
        CollectionAssert.AreEqual(new[] { "class 0", "class 1" }, report.ClassNames.ToArray());
    }

    [TestMethod]
    public void Run_ImageWithoutMask_IsAnError()
    {
        File.Delete(_folder.MaskPath("b"));
        AssertOne(_folder.Run(), FindingSeverity.Error, "image-without-mask", _folder.ImagePath("b"), "no mask");
    }

    [TestMethod]
    public void Run_MaskWithoutImage_IsAWarning()
    {
        File.Delete(_folder.ImagePath("b"));
        AssertOne(_folder.Run(), FindingSeverity.Warning, "mask-without-image", _folder.MaskPath("b"), "no image");
    }

    [TestMethod]
    public void Run_SplitThatNamesNoImage_IsAnErrorOfThatPart()
    {
        DataFinding finding = AssertOne(_folder.Run(split: _folder.Split("a,train", "z,test")), FindingSeverity.Error,
            "split-without-image", "z", "no such image");
        Assert.AreEqual("test", finding.Part);
    }

    [TestMethod]
    public void Run_ImagesOutsideTheSplit_AreNotLookedAt()
    {
        File.Delete(_folder.MaskPath("c"));
        DataReport report = _folder.Run(split: _folder.Split("a,train", "b.png,train"));
        Assert.IsEmpty(report.Findings);
        Assert.AreEqual(2, report.Images);
    }

    [TestMethod]
    public void Run_TruncatedImage_IsAnError()
    {
        Truncate(_folder.ImagePath("c"));
        AssertOne(_folder.Run(), FindingSeverity.Error, "damaged-image", _folder.ImagePath("c"), "cannot be read");
    }

    [TestMethod]
    public void Run_TruncatedMask_IsAnError()
    {
        Truncate(_folder.MaskPath("c"));
        AssertOne(_folder.Run(), FindingSeverity.Error, "damaged-mask", _folder.MaskPath("c"), "cannot be read");
    }

    [TestMethod]
    public void Run_MaskOfAnotherSize_IsAnError()
    {
        _folder.WriteMask("a", (x, _) => (byte)(x % 2), 20, 10);
        AssertOne(_folder.Run(), FindingSeverity.Error, "size-differs", _folder.MaskPath("a"), "is 20x10, its image", "48x36");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Run_ImageThatExifTurns_NeedsATurnedMask(bool isMaskTurned)
    {
        // TIFF of one entry: tag 0x0112, one short, orientation 6 (turn by 90° clockwise).
        byte[] exif = [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
        ushort[] samples = [.. Enumerable.Range(0, 3 * 8 * 6).Select(i => (ushort)(i * 37 % 256))];
        File.WriteAllBytes(_folder.ImagePath("a"), TestPng.Build(8, 6, 8, 2, samples, exif: exif));
        _folder.WriteMask("a", (x, _) => (byte)(x % 2), isMaskTurned ? 6 : 8, isMaskTurned ? 8 : 6);
        DataReport report = _folder.Run();
        if (isMaskTurned) Assert.IsEmpty(report.Findings);
        else AssertOne(report, FindingSeverity.Error, "size-differs", _folder.MaskPath("a"), "6x8 upright", "on its side");
    }

    [TestMethod]
    public void Run_JpegMask_IsAnError()
    {
        File.Delete(_folder.MaskPath("a"));
        using SKBitmap picture = CheckedFolder.Picture(1);
        CheckedFolder.Save(picture, _folder.MaskPath("a", ".jpg"));
        AssertOne(_folder.Run(), FindingSeverity.Error, "mask-not-png", _folder.MaskPath("a", ".jpg"), "is no PNG");
    }

    [TestMethod]
    public void Run_JpegNamedPng_IsAnError()
    {
        using SKBitmap picture = CheckedFolder.Picture(1);
        using SKData data = picture.Encode(SKEncodedImageFormat.Jpeg, 90);
        File.WriteAllBytes(_folder.MaskPath("a"), data.ToArray());
        AssertOne(_folder.Run(), FindingSeverity.Error, "mask-not-png", _folder.MaskPath("a"), "is no PNG");
    }

    [TestMethod]
    public void Run_PngMaskNamedOtherwise_IsAnError()
    {
        File.Move(_folder.MaskPath("a"), _folder.MaskPath("a", ".jpg"));
        AssertOne(_folder.Run(), FindingSeverity.Error, "mask-not-png", _folder.MaskPath("a", ".jpg"), "another extension");
    }

    [TestMethod]
    public void Run_ColourMaskWithoutColours_IsAnError()
    {
        _folder.WriteColourMask("a", 255);
        AssertOne(_folder.Run(_names), FindingSeverity.Error, "colour-mask", _folder.MaskPath("a"), "colour PNG");
    }

    [TestMethod]
    public void Run_ColourMasks_AreReadByTheirColours()
    {
        foreach (string name in new[] { "a", "b", "c", "d" }) _folder.WriteColourMask(name, 255);
        var options = new ReadMasksOptions { Palette = [new Rgb(0, 0, 0), new Rgb(255, 0, 0)] };
        Assert.IsEmpty(_folder.Run(_names, options).Findings);
        _folder.WriteColourMask("b", 254);
        AssertOne(
            _folder.Run(_names, options), FindingSeverity.Error, "colour-outside-classes", _folder.MaskPath("b"), "#FE0000");
    }

    [TestMethod]
    public void Run_ValueOutsideTheClasses_IsAnErrorWithItsPixels()
    {
        _folder.WriteMask("d", (x, y) => (byte)(x + y == 0 ? 7 : x % 2));
        DataFinding finding = AssertOne(
            _folder.Run(_names), FindingSeverity.Error, "value-outside-classes", _folder.MaskPath("d"), "the value 7 (1 pixels)");
        StringAssert.Contains(finding.Fix, "0 ground, 1 thing");
        Assert.IsEmpty(_folder.Run(_names, new ReadMasksOptions { IgnoreLabel = 7 }).Findings);
    }

    [TestMethod]
    public void Run_SeveralValuesOfOneClass_AreInside()
    {
        _folder.WriteMask("d", (x, _) => (byte)(x % 3));
        Assert.IsEmpty(_folder.Run(_names, new ReadMasksOptions { ClassOfLabel = [0, 1, 1] }).Findings);
    }

    [TestMethod]
    public void Run_MaskOf0And255_IsAnErrorUnlessIgnored()
    {
        _folder.WriteMask("d", (x, _) => (byte)(x % 2 * 255));
        foreach (string[]? names in new[] { _names, null })
        {
            StringAssert.Contains(
                AssertOne(_folder.Run(names), FindingSeverity.Error, "mask-0-255", _folder.MaskPath("d"), "0 and 255").Fix,
                "--ignore 255");
        }
        Assert.IsEmpty(_folder.Run(masks: new ReadMasksOptions { IgnoreLabel = 255 }).Findings);
    }

    [TestMethod]
    public void Run_255AmongUnnamedClasses_IsAnError()
    {
        _folder.WriteMask("d", (x, _) => (byte)(x == 0 ? 255 : 1));
        AssertOne(
            _folder.Run(), FindingSeverity.Error, "value-outside-classes", _folder.MaskPath("d"), "the value 255 (36 pixels)");
    }

    [TestMethod]
    public void Run_MaskIgnoredAltogether_IsAWarning()
    {
        _folder.WriteMask("c", (_, _) => 9);
        AssertOne(_folder.Run(masks: new ReadMasksOptions { IgnoreLabel = 9 }), FindingSeverity.Warning, "all-ignored",
            _folder.MaskPath("c"), "value 9");
    }

    [TestMethod]
    public void Run_OneClassOnly_IsAnError()
    {
        foreach (string name in new[] { "a", "b", "c", "d" }) _folder.WriteMask(name, (_, _) => 1);
        AssertOne(_folder.Run(), FindingSeverity.Error, "one-class", null, "only the value 1");
        AssertOne(_folder.Run(_names), FindingSeverity.Error, "one-class", null, "only the value 1");
    }

    [TestMethod]
    public void Run_ClassThatAPartLacks_IsAWarningOfThatPart()
    {
        foreach (string name in new[] { "c", "d" }) _folder.WriteMask(name, (_, _) => 0);
        DataFinding finding = AssertOne(
            _folder.Run(_names, split: _folder.Split()), FindingSeverity.Warning, "absent-class", null, "thing", "'test'");
        Assert.AreEqual("test", finding.Part);
    }

    [TestMethod]
    public void Run_ClassBelowOneInTenThousand_IsAWarning()
    {
        using SKBitmap picture = CheckedFolder.Picture(8, 200, 200);
        CheckedFolder.Save(picture, _folder.ImagePath("a"));
        _folder.WriteMask("a", (x, y) => (byte)(x + y == 0 ? 2 : x % 2), 200, 200);
        // 1 of 40,000 + 3 · 1,728 pixels.
        AssertOne(_folder.Run(), FindingSeverity.Warning, "rare-class", null, "class 2 has 1 of 45,184", "0.0022");
    }

    [TestMethod]
    public void Run_SameFileInTwoParts_IsAWarning()
    {
        File.Copy(_folder.ImagePath("b"), _folder.ImagePath("c"), overwrite: true);
        AssertOne(_folder.Run(split: _folder.Split()), FindingSeverity.Warning, "duplicate", _folder.ImagePath("c"), "same file",
            _folder.ImagePath("b"), "'train'");
    }

    [TestMethod]
    public void Run_ImageNamedInTwoParts_IsAWarning() =>
        AssertOne(_folder.Run(split: _folder.Split("a,train", "b,train", "a,test")), FindingSeverity.Warning, "duplicate",
            _folder.ImagePath("a"), "same file");

    [TestMethod]
    [DataRow(false, false, false)]
    [DataRow(false, true, false)]
    [DataRow(false, false, true)]
    [DataRow(false, true, true)]
    [DataRow(true, false, false)]
    [DataRow(true, true, false)]
    [DataRow(true, false, true)]
    [DataRow(true, true, true)]
    public void Run_PictureTurnedScaledAndEncodedAnew_IsAWarning(bool isTransposed, bool mirrorsAcross, bool mirrorsDown)
    {
        using SKBitmap picture = CheckedFolder.Picture('b'),
            turned = CheckedFolder.Turn(picture, isTransposed, mirrorsAcross, mirrorsDown);
        using SKBitmap scaled = turned.Resize(
            new SKImageInfo(turned.Width * 3 / 4, turned.Height * 3 / 4), SKFilterQuality.Medium);
        File.Delete(_folder.ImagePath("d"));
        CheckedFolder.Save(scaled, _folder.ImagePath("d", ".jpg"), quality: 60);
        _folder.WriteMask("d", (x, _) => (byte)(x % 2), scaled.Width, scaled.Height);
        AssertOne(_folder.Run(split: _folder.Split()), FindingSeverity.Warning, "near-duplicate", _folder.ImagePath("d", ".jpg"),
            _folder.ImagePath("b"));
    }

    [TestMethod]
    public void Run_SameFileInOnePart_IsNoFinding()
    {
        File.Copy(_folder.ImagePath("a"), _folder.ImagePath("b"), overwrite: true);
        Assert.IsEmpty(_folder.Run(split: _folder.Split()).Findings);
    }

    [TestMethod]
    public void Run_PicturesOfOneColour_AreNoCopiesOfEachOther()
    {
        foreach (var (name, gray) in new[] { ("b", (byte)40), ("c", (byte)200) })
        {
            using var flat = new SKBitmap(CheckedFolder.Width, CheckedFolder.Height);
            flat.Erase(new SKColor(gray, gray, gray));
            CheckedFolder.Save(flat, _folder.ImagePath(name));
        }
        Assert.IsEmpty(_folder.Run(split: _folder.Split()).Findings);
    }

    [TestMethod]
    public void Run_SeveralFaults_PutsErrorsFirst()
    {
        File.Delete(_folder.ImagePath("b"));
        Truncate(_folder.MaskPath("c"));
        DataReport report = _folder.Run();
        CollectionAssert.AreEqual(
            new[] { "damaged-mask", "mask-without-image" }, report.Findings.Select(one => one.Check).ToArray());
        Assert.AreEqual((1, 1), (report.Errors, report.Warnings));
    }

    [TestMethod]
    public void Run_Cancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() =>
            SegmentationDataCheck.Run(
                SegmentationDataCheck.Find(_folder.Images, _folder.Masks), cancellation: cancellation.Token));
    }

    private static DataFinding AssertOne(
        DataReport report, FindingSeverity severity, string check, string? file, params string[] words)
    {
        Assert.HasCount(1, report.Findings, string.Join(Environment.NewLine, report.Findings));
        DataFinding finding = report.Findings[0];
        Assert.AreEqual((severity, check, file), (finding.Severity, finding.Check, finding.File));
        foreach (string word in words) StringAssert.Contains(finding.Found, word);
        return finding;
    }

    private static void Truncate(string path)
    {
        byte[] data = File.ReadAllBytes(path);
        File.WriteAllBytes(path, data[..(data.Length / 2)]);
    }
}
