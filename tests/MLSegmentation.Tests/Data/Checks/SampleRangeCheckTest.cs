using BitMiracle.LibTiff.Classic;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class SampleRangeCheckTest
{
    [TestMethod]
    public void Run_MostImagesUseASixteenth_IsOneWarning()
    {
        using var folder = new CheckedFolder();
        Deepen(folder, "a", 16, SampleFormat.UINT, value => BitConverter.GetBytes((ushort)(500 + (14 * value))));
        Deepen(folder, "b", 16, SampleFormat.UINT, value => BitConverter.GetBytes((ushort)(14 * value)));

        DataFinding finding = folder.Run().Findings.Single();

        Assert.AreEqual((FindingSeverity.Warning, "narrow-range"), (finding.Severity, finding.Check));
        StringAssert.Contains(
            finding.Found, $"2 images ('{folder.ImagePath("a", ".tif")}', '{folder.ImagePath("b", ".tif")}') with integers of 16 "
                + "bits have values of 0..4070");
        StringAssert.Contains(finding.Fix, "--range");
        Assert.IsEmpty(
            SegmentationDataCheck.Run(
                SegmentationDataCheck.Find(folder.Images, folder.Masks), range: new SampleRange(0, 4095)).Findings);
    }

    [TestMethod]
    public void Run_OneDarkImageAmongBrightOnes_IsNothing()
    {
        using var folder = new CheckedFolder();
        Deepen(folder, "a", 16, SampleFormat.UINT, value => BitConverter.GetBytes((ushort)(2 * value)));
        foreach (string name in new[] { "b", "c" })
            Deepen(folder, name, 16, SampleFormat.UINT, value => BitConverter.GetBytes((ushort)(257 * value)));

        Assert.IsEmpty(folder.Run().Findings);
    }

    [TestMethod]
    public void Run_NumbersWithoutARange_IsAnErrorThatTellsTheirs()
    {
        using var folder = new CheckedFolder();
        Deepen(folder, "a", 32, SampleFormat.IEEEFP, value => BitConverter.GetBytes(value * 10f));
        Deepen(folder, "b", 32, SampleFormat.IEEEFP, value => BitConverter.GetBytes(value / 255f));

        DataFinding finding = folder.Run().Findings.Single();

        Assert.AreEqual((FindingSeverity.Error, "range-needed"), (finding.Severity, finding.Check));
        StringAssert.Contains(finding.Found,
            $"1 image ('{folder.ImagePath("a", ".tif")}') with floating-point numbers of 32 bits have values of 0..2550");
        Assert.IsEmpty(
            SegmentationDataCheck.Run(
                SegmentationDataCheck.Find(folder.Images, folder.Masks), range: new SampleRange(0, 2550)).Findings);
    }

    /// <summary>Puts a gray TIFF in the place of a picture.</summary>
    private static void Deepen(CheckedFolder folder, string name, int depth, SampleFormat format, Func<int, byte[]> value)
    {
        var random = new Random(name[0]);
        byte[] samples = [.. Enumerable.Range(0, CheckedFolder.Width * CheckedFolder.Height)
            .SelectMany(i => value(i == 0 ? 0 : i == 1 ? 255 : random.Next(256)))];
        File.Delete(folder.ImagePath(name));
        File.WriteAllBytes(
            folder.ImagePath(name, ".tif"),
            new RawTiff(CheckedFolder.Width, CheckedFolder.Height)
            {
                Depth = depth,
                Fields = { [TiffTag.SAMPLEFORMAT] = [(int)format] },
            }.ToBytes(samples));
    }
}
