namespace MLSegmentation;

/// <summary>Every image has a mask, every mask an image, and the split names images that are there.</summary>
internal static class PairCheck
{
    public static IEnumerable<DataFinding> Run(IReadOnlyList<SampleFacts> facts)
    {
        foreach (DataSample sample in facts.Select(one => one.Sample))
        {
            if (sample is { ImagePath: { } image, MaskPath: null })
            {
                yield return new DataFinding(FindingSeverity.Error, "image-without-mask", image, sample.Part, "has no mask",
                    "Add a mask with the image's name, say what follows it in the names of the masks (--mask-suffix), or take "
                    + "the image out.");
            }
            if (sample is { ImagePath: null, MaskPath: { } mask })
            {
                yield return new DataFinding(FindingSeverity.Warning, "mask-without-image", mask, sample.Part, "has no image",
                    "Training passes it over. Look whether its image is named otherwise, or say what follows the names of images "
                    + "in those of masks (--mask-suffix).");
            }
            if (sample is { ImagePath: null, MaskPath: null })
            {
                yield return new DataFinding(FindingSeverity.Error, "split-without-image", sample.Name, sample.Part,
                    "is named in the split file, but there is no such image",
                    "Add the image, or take its line out of the split file.");
            }
        }
    }
}
