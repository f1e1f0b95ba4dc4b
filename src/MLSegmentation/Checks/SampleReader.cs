using System.Security.Cryptography;
using Microsoft.ML.Data;
using MLSegmentation.Images;
using MLSegmentation.Masks;

namespace MLSegmentation.Checks;

/// <summary>Reads the files of a sample and keeps the facts.</summary>
/// <param name="colours">The label that each colour stands for; null for masks of indices.</param>
internal sealed class SampleReader(IReadOnlyDictionary<Rgb, int>? colours)
{
    /// <summary>What the files are; a fault in them is a fact too. Safe for use by several threads at once.</summary>
    public SampleFacts Read(DataSample sample)
    {
        var facts = new SampleFacts(sample);
        if (sample.ImagePath is { } image) facts = WithImage(facts, image);
        return sample.MaskPath is { } mask ? WithMask(facts, mask) : facts;
    }

    private static SampleFacts WithImage(SampleFacts facts, string path)
    {
        try
        {
            byte[] data = ImageFile.ReadAllBytes(path);
            using MLImage image = ImageDecoder.Decode(data, path);
            string hash = Convert.ToHexString(SHA256.HashData(data));
            return facts with { Image = new ImageFacts(image.Width, image.Height, hash, PerceptualHash.Of(image)) };
        }
        catch (Exception error) when (IsFault(error))
        {
            return facts with { ImageFault = error.Message };
        }
    }

    private SampleFacts WithMask(SampleFacts facts, string path)
    {
        MaskImage? image;
        try
        {
            byte[] data = ImageFile.ReadAllBytes(path);
            image = MaskImageReader.TryRead(data, path);
            if (image is null)
                return facts with { MaskFault = new MaskFault(MaskFaultKind.NotPng, $"is no {MaskImageReader.Formats} (it starts with {ImageFile.Start(data)})") };
        }
        catch (Exception error) when (IsFault(error))
        {
            return facts with { MaskFault = new MaskFault(MaskFaultKind.Damaged, error.Message) };
        }
        using (image)
        {
            if (colours is null && image.Kind == MaskColours.Rgb)
                return facts with { MaskFault = new MaskFault(MaskFaultKind.Colour, "holds colours, as a colour PNG does") };
            try
            {
                LabelImage labels = LabelImageReader.Read(image, path, colours);
                return facts with { Mask = new MaskFacts(labels.Width, labels.Height, Count(labels.Values)) };
            }
            catch (InvalidDataException error)
            {
                return facts with { MaskFault = new MaskFault(MaskFaultKind.UnknownColour, error.Message) };
            }
        }
    }

    private static bool IsFault(Exception error) => error is InvalidDataException or IOException or UnauthorizedAccessException;

    private static Dictionary<int, long> Count(ushort[] values)
    {
        // Masks are areas: runs are counted, not pixels.
        var pixels = new Dictionary<int, long>();
        for (int start = 0; start < values.Length;)
        {
            int end = start + 1;
            while (end < values.Length && values[end] == values[start]) end++;
            pixels[values[start]] = pixels.GetValueOrDefault(values[start]) + end - start;
            start = end;
        }
        return pixels;
    }
}
