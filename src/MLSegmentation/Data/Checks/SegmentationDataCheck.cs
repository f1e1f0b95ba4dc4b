namespace MLSegmentation;

/// <summary>
/// Looks for what is wrong with a data set before a training does: images without masks, damaged files and sizes that differ. It
/// also finds masks that hold no classes, classes that are missing or rare, and pictures that are in two parts of the set.
/// </summary>
public static class SegmentationDataCheck
{
    /// <summary>Finds the images and masks of two folders, whether they fit together or not.</summary>
    /// <param name="imageFolder">As in <c>LoadSegmentationFolder</c>.</param>
    /// <param name="maskFolder">The folder of masks, as in <c>LoadSegmentationFolder</c>.</param>
    /// <param name="splitFile">
    /// A CSV file with the columns name and split: the images that it names, with their parts. Default null: all images.
    /// </param>
    /// <param name="maskSuffix">As in <c>LoadSegmentationFolder</c>.</param>
    /// <exception cref="DirectoryNotFoundException">A folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">The split file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// There are no images, two of one name, an image has two masks, the folders are exchanged, or the split file is none.
    /// </exception>
    public static IReadOnlyList<DataSample> Find(
        string imageFolder, string maskFolder, string? splitFile = null, string? maskSuffix = null) =>
        DataFolder.Find(imageFolder, maskFolder, splitFile, maskSuffix);

    /// <summary>
    /// Checks samples. Each file is read once, several at a time; what is kept of it are a few hundred bytes.
    /// </summary>
    /// <param name="samples">What to check; duplicates are looked for between parts.</param>
    /// <param name="classNames">
    /// A name for each class. Default null: classes are numbered by the values in the masks, at most 255.
    /// </param>
    /// <param name="masks">How to read the masks. Default null: as indices, where every value is a class.</param>
    /// <param name="range">
    /// The values that become black and white where samples have more than 8 bits. Default null: the least and the greatest of
    /// their type.
    /// </param>
    /// <param name="progress">Is told the number of samples read.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="ArgumentException">The options do not fit the classes, or have a palette without class names.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static DataReport Run(
        IReadOnlyList<DataSample> samples, IReadOnlyList<string>? classNames = null, ReadMasksOptions? masks = null,
        SampleRange? range = null,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        masks ??= new ReadMasksOptions();
        if (classNames is null && (masks.Palette is not null || masks.ClassOfLabel is not null))
        {
            throw new ArgumentException(
                "There are a Palette or a ClassOfLabel, but no class names. Name the classes too.", nameof(classNames));
        }
        MaskReader reader = LabelMeaning.ReaderOf(classNames, masks);
        List<SampleFacts> facts = Read(samples, new SampleReader(reader, range), progress, cancellation);
        LabelMeaning given = LabelMeaning.Of(reader, classNames is not null, facts);
        ReadMasksOptions adjusted = BlackAndWhite.Adjust(facts, given);
        LabelMeaning meaning = adjusted == masks
            ? given
            : LabelMeaning.Of(LabelMeaning.ReaderOf(classNames, adjusted), classNames is not null, facts);
        DataFinding[] findings = ExchangedCheck.Run(facts) is { } exchanged ? [exchanged]
        :
        [
            .. PairCheck.Run(facts), .. ReadableCheck.Run(facts), .. MaskFormatCheck.Run(facts), .. SizeCheck.Run(facts),
            .. PaletteOrderCheck.Run(facts, meaning),
            .. SampleRangeCheck.Run(facts),
            .. adjusted == masks ? [] : new[] { BlackAndWhite.Explain(meaning) },
            .. ValueFindings(facts, meaning), .. DuplicateCheck.Run(facts),
        ];
        int images = samples.Count(sample => sample.ImagePath is not null);
        return new DataReport(images, meaning.ClassNames, [.. findings.OrderByDescending(one => one.Severity)])
        {
            Masks = adjusted,
            Facts = facts,
            Meaning = meaning,
        };
    }

    /// <summary>What is wrong with the label values; of masks that are meant otherwise altogether, that alone.</summary>
    private static IEnumerable<DataFinding> ValueFindings(IReadOnlyList<SampleFacts> facts, LabelMeaning meaning)
    {
        if (BlackAndWhite.FindGrayEdges(facts, meaning) is { } edges) return [edges];
        if (ValueGapsCheck.Run(facts, meaning) is { } gaps) return [gaps];
        return
        [
            .. LabelValueCheck.Run(facts, meaning), .. BlackAndWhite.FindDark(facts, meaning),
            .. IgnoredMaskCheck.Run(facts, meaning),
            .. ClassFrequencyCheck.Run(facts, meaning),
        ];
    }

    private static List<SampleFacts> Read(
        IReadOnlyList<DataSample> samples, SampleReader reader, IProgress<int>? progress, CancellationToken cancellation)
    {
        var facts = new List<SampleFacts>(samples.Count);
        foreach (SampleFacts one in OrderedParallel.Select(samples, reader.Read, cancellation))
        {
            facts.Add(one);
            progress?.Report(facts.Count);
        }
        return facts;
    }
}
