using Microsoft.ML.Data;
using MLSegmentation;

namespace Fuzzing.Images;

/// <summary>
/// Decodes images of a format twice over memory with other content, by rows too, and reads the header. Everything must agree:
/// pixels or <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class ImageTarget(string name, Func<FuzzRandom, byte[]> make) : FuzzTarget
{
    private const int SmallImageBytes = 1 << 16, MutatedPercent = 35;
    private readonly string _path = ScratchFile.PathOf(name);

    public override string Name => name;

    public override byte[] Make(FuzzRandom random)
    {
        byte[] file = make(random);
        return random.Percent(MutatedPercent) ? Mutation.Apply(random, file) : file;
    }

    public override bool Read(byte[] file)
    {
        DirtyMemory.Fill(0xA5, SmallImageBytes);
        using MLImage? image = Decode(file);
        CheckDecodedAgain(file, image);
        File.WriteAllBytes(_path, file);
        CheckRows(image);
        CheckHeader(image);
        return image is not null;
    }

    private MLImage? Decode(byte[] file)
    {
        try
        {
            return ImageDecoder.Decode(file, name);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void CheckDecodedAgain(byte[] file, MLImage? image)
    {
        DirtyMemory.Fill(0x3C, image?.Pixels.Length ?? SmallImageBytes);
        using MLImage? again = Decode(file);
        if ((image is null) != (again is null))
            throw new FindingException($"decoding gives {Describe(image)}, then {Describe(again)}");
        if (image is null || again is null) return;
        if ((image.Width, image.Height) != (again.Width, again.Height))
            throw new FindingException($"decoding gives {Describe(image)}, then {Describe(again)}");
        int different = image.Pixels.CommonPrefixLength(again.Pixels);
        if (different < image.Pixels.Length)
            throw new FindingException($"memory that was not written shows in byte {different} of {Describe(image)}");
    }

    private void CheckRows(MLImage? image)
    {
        try
        {
            using var rows = ImageRowReader.Open(_path);
            if (image is not null && (rows.Width, rows.Height) != (image.Width, image.Height))
                throw new FindingException($"rows are of {rows.Width}×{rows.Height}, decoded is {Describe(image)}");
            var rgb = new byte[3 * rows.Width];
            while (rows.NextRow < rows.Height)
            {
                int y = rows.NextRow;
                rows.Read(rgb);
                if (image is not null) CheckRow(image, y, rgb);
            }
        }
        catch (InvalidDataException error)
        {
            if (image is not null)
                throw new FindingException($"read by rows it is refused ({error.Message}), decoded it is {Describe(image)}");
            return;
        }
        if (image is null) throw new FindingException("read by rows it is taken, decoded it is refused");
    }

    private static void CheckRow(MLImage image, int y, ReadOnlySpan<byte> rgb)
    {
        ReadOnlySpan<byte> pixels = image.Pixels.Slice(4 * y * image.Width, 4 * image.Width);
        for (int x = 0; x < image.Width; x++)
        {
            if (rgb[3 * x] != pixels[(4 * x) + 2] || rgb[(3 * x) + 1] != pixels[(4 * x) + 1] || rgb[(3 * x) + 2] != pixels[4 * x])
            {
                throw new FindingException(
                    $"read by rows the pixel at x {x}, y {y} of {Describe(image)} is another than decoded");
            }
        }
    }

    private void CheckHeader(MLImage? image)
    {
        if (image is null)
        {
            _ = ImageHeader.TryReadSize(_path);
            return;
        }
        (int, int)? size = ImageHeader.TryReadSize(_path);
        if (size != (image.Width, image.Height))
            throw new FindingException($"the header says {size}, decoded is {Describe(image)}");
    }

    private static string Describe(MLImage? image) => image is null ? "an error" : $"an image of {image.Width}×{image.Height}";
}
