using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>Reads the files of a sample and keeps the facts.</summary>
/// <param name="masks">What the values and colours of the masks stand for.</param>
/// <param name="range">The range of samples of more than 8 bits; null for the range of their type.</param>
internal sealed class SampleReader(MaskReader masks, SampleRange? range = null)
{
    private const int FewColours = 16;

    /// <summary>What the files are; a fault in them is a fact too. Safe for use by several threads at once.</summary>
    public SampleFacts Read(DataSample sample)
    {
        var facts = new SampleFacts(sample);
        if (sample.ImagePath is { } image) facts = WithImage(facts, image);
        return sample.MaskPath is { } mask ? WithMask(facts, mask) : facts;
    }

    private SampleFacts WithImage(SampleFacts facts, string path)
    {
        try
        {
            byte[] data = ImageFile.ReadAllBytes(path);
            SampleSpan? span = range is null ? SampleSpan.Read(data, path) : null;

            // What cannot be read without a range is one finding, and no reason to leave out the other checks.
            SampleRange? needed = span is { FitsOwn: false }
                ? new SampleRange(span.Least, Math.Max(span.Greatest, Math.BitIncrement(span.Least)))
                : range;
            using DecodedImage image = ImageFormats.Parse(data, path, needed).Decode();
            string hash = Convert.ToHexString(SHA256.HashData(data));
            var look = PerceptualHash.Of(image.Pixels, MLPixelFormat.Bgra32, image.Width, image.Height);
            return facts with
            {
                Image = new ImageFacts(image.Width, image.Height, hash, look, HasFewColours(image)) { Span = span },
            };
        }
        catch (Exception error) when (BadImage.IsUnreadable(error))
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
            {
                return facts with
                {
                    MaskFault =
                        new MaskFault(
                            MaskFaultKind.OtherFormat, $"is no {MaskImageReader.Formats} (it {ForeignFormat.Describe(data)})"),
                };
            }
        }
        catch (Exception error) when (BadImage.IsUnreadable(error))
        {
            return facts with { MaskFault = new MaskFault(MaskFaultKind.Damaged, error.Message) };
        }
        using (image)
        {
            try
            {
                if (MaskLabels.TryTake(image, path, masks) is not { } labels)
                    return facts with { MaskFault = new MaskFault(MaskFaultKind.Colour, "holds colours, as a colour PNG does") };
                Dictionary<int, long> pixels = Count(labels.Image.Values);
                var mask = new MaskFacts(image.Width, image.Height, pixels, labels.Basis, labels.Contradicts(image, masks));
                if (image.Kind == MaskColours.Palette && labels.Basis == LabelBasis.Values)
                {
                    mask = mask with
                    {
                        Palette = pixels.Keys.Where(index => index < image.Palette.Count)
                            .ToDictionary(index => index, index => image.Palette[index]),
                    };
                }
                return facts with { Mask = mask };
            }
            catch (InvalidDataException error)
            {
                return facts with { MaskFault = new MaskFault(MaskFaultKind.UnknownColour, error.Message) };
            }
        }
    }

    private static bool HasFewColours(DecodedImage image)
    {
        var colours = new HashSet<uint>();
        uint last = 0;
        foreach (uint colour in MemoryMarshal.Cast<byte, uint>(image.Pixels))
        {
            if (colour != last && colours.Add(last = colour) && colours.Count > FewColours) return false;
        }
        return true;
    }

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
