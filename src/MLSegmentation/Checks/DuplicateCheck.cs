namespace MLSegmentation.Checks;

/// <summary>
/// No picture is in two parts of the set, also not encoded anew, in another size, turned or mirrored: a test on what was trained with measures memory.
/// </summary>
/// <remarks>
/// Every image is compared with every one of the other parts, eight times: 10,000 images take a second. Of each only the nearest is named.
/// </remarks>
internal static class DuplicateCheck
{
    /// <summary>
    /// The most bits of the 63 in which copies differ. Encoded anew at quality 50 and in half the size, 701 images of street scenes, 170
    /// of pedestrians and 492 of steel differ in 5 at most; the nearest different scenes of CamVid's three parts in 8.
    /// </summary>
    private const int MostBits = 6;

    private const string Fix = "Put both into the same part, or take one out: measured on a part that shares pictures with training, a model looks better than it is.";

    private static readonly string[] _symmetries =
        ["", ", mirrored", ", mirrored upside down", ", turned by 180°", ", transposed", ", turned by 90°", ", turned by 90°", ", transposed the other way"];

    public static IEnumerable<DataFinding> Run(IReadOnlyList<SampleFacts> facts)
    {
        SampleFacts[] images = [.. facts.Where(one => one.Image is not null)];
        if (images.Select(one => one.Sample.Part).Distinct().Count() < 2) yield break;
        var copies = new Dictionary<string, List<SampleFacts>>();
        for (int i = 0; i < images.Length; i++)
        {
            ImageFacts image = images[i].Image!;
            DataSample sample = images[i].Sample;
            if (!copies.TryGetValue(image.Sha256, out List<SampleFacts>? same)) copies[image.Sha256] = same = [];
            if (same.Find(other => other.Sample.Part != sample.Part) is { } copy)
                yield return Warning("duplicate", sample, $"is the same file as '{copy.Sample.ImagePath}' in the part '{copy.Sample.Part}'");
            else if (Nearest(images, i) is var (other, symmetry, bits))
                yield return Warning("near-duplicate", sample, $"looks like '{other.ImagePath}' in the part '{other.Part}'{_symmetries[symmetry]} ({bits} of 63 bits differ)");
            if (same.TrueForAll(other => other.Sample.Part != sample.Part)) same.Add(images[i]);
        }
    }

    private static DataFinding Warning(string check, DataSample sample, string found) =>
        new(FindingSeverity.Warning, check, sample.ImagePath, sample.Part, found, Fix);

    /// <summary>The image before this one, of another part, that looks most like it.</summary>
    private static (DataSample Sample, int Symmetry, int Bits)? Nearest(SampleFacts[] images, int index)
    {
        if (images[index].Image!.Look is not { } look) return null;
        PerceptualHash[] symmetries = look.Symmetries();
        (DataSample, int, int)? nearest = null;
        int least = MostBits + 1;
        for (int i = 0; i < index; i++)
        {
            if (images[i].Image!.Look is not { } other || images[i].Sample.Part == images[index].Sample.Part) continue;
            for (int symmetry = 0; symmetry < symmetries.Length; symmetry++)
            {
                int bits = symmetries[symmetry].Distance(other);
                if (bits >= least) continue;
                least = bits;
                nearest = (images[i].Sample, symmetry, bits);
            }
        }
        return nearest;
    }
}
