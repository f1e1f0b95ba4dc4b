namespace MLSegmentation;

/// <summary>
/// No picture is in two parts of the set, also not encoded anew, in another size, turned or mirrored: a test on what was trained
/// with measures memory.
/// </summary>
/// <remarks>
/// Every image is compared with every one of the parts before its own, eight times: 10,000 images take a second, ten times as
/// many a hundred times as long. Of each only the nearest is named.
/// </remarks>
internal static class DuplicateCheck
{
    private const string Fix =
        "Put both into the same part, or take one out: measured on a part that shares pictures with training, a model looks "
        + "better than it is.";

    private static readonly string[] _symmetries =
    [
        "", ", mirrored", ", mirrored upside down", ", turned by 180°",
        ", transposed", ", turned by 90°", ", turned by 90°", ", transposed the other way",
    ];

    public static IEnumerable<DataFinding> Run(IReadOnlyList<SampleFacts> facts)
    {
        // By parts, so that an image is compared with whole stretches of hashes before its own.
        SampleFacts[] images =
            [.. facts.Where(one => one.Image is not null).GroupBy(one => one.Sample.Part).SelectMany(part => part)];
        // What has no look has no bits, and is passed over.
        PerceptualHash[] looks = [.. images.Select(one => one.Image!.Look ?? default)];
        var firsts = new Dictionary<string, SampleFacts>();
        int start = 0;
        for (int i = 0; i < images.Length; i++)
        {
            DataSample sample = images[i].Sample;
            if (sample.Part != images[start].Sample.Part) start = i;
            bool isNew = firsts.TryAdd(images[i].Image!.Sha256, images[i]);
            DataSample first = firsts[images[i].Image!.Sha256].Sample;
            if (!isNew && first.Part != sample.Part)
            {
                yield return Warning("duplicate", sample, $"is the same file as '{first.ImagePath}' in the part '{first.Part}'");
            }
            else if (images[i].Image!.Look is { } look && Nearest(looks.AsSpan(0, start), look) is var (index, symmetry, bits))
            {
                DataSample other = images[index].Sample;
                string found = $"looks like '{other.ImagePath}' in the part '{other.Part}'{_symmetries[symmetry]} ({bits} of 63 "
                    + "bits differ)";
                yield return Warning("near-duplicate", sample, found);
            }
        }
    }

    private static DataFinding Warning(string check, DataSample sample, string found) =>
        new(FindingSeverity.Warning, check, sample.ImagePath, sample.Part, found, Fix);

    /// <summary>The hash that is nearest to this one or to the hash of a turned copy; null where none is near.</summary>
    private static (int Index, int Symmetry, int Bits)? Nearest(ReadOnlySpan<PerceptualHash> looks, PerceptualHash look)
    {
        (int, int, int)? nearest = null;
        int least = PerceptualHash.MostBitsOfCopies + 1;
        PerceptualHash[] symmetries = look.Symmetries();
        for (int symmetry = 0; symmetry < symmetries.Length; symmetry++)
        {
            PerceptualHash turned = symmetries[symmetry];
            for (int i = 0; i < looks.Length; i++)
            {
                int bits = turned.Distance(looks[i]);
                if (bits >= least || looks[i] == default) continue;
                least = bits;
                nearest = (i, symmetry, bits);
            }
        }
        return nearest;
    }
}
