namespace MLSegmentation;

/// <summary>A mask has the size of its image, turned upright as its EXIF orientation says.</summary>
internal static class SizeCheck
{
    public static IEnumerable<DataFinding> Run(IReadOnlyList<SampleFacts> facts)
    {
        foreach (SampleFacts one in facts)
        {
            if (one is not { Image: { } image, Mask: { } mask } || (image.Width, image.Height) == (mask.Width, mask.Height))
                continue;
            string turned = (image.Width, image.Height) == (mask.Height, mask.Width) ? ": one of them lies on its side" : "";
            yield return new DataFinding(FindingSeverity.Error, "size-differs", one.Sample.MaskPath, one.Sample.Part,
                $"is {mask.Width}x{mask.Height}, its image '{one.Sample.ImagePath}' is {image.Width}x{image.Height} "
                + $"upright{turned}",
                "Make the masks anew in the size of their images, or take them out.");
        }
    }
}
