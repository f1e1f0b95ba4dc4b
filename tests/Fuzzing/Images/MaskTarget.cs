using MLSegmentation;

namespace Fuzzing.Images;

/// <summary>Reads label masks twice over memory with other content: as numbers, and by colours.</summary>
internal sealed class MaskTarget : FuzzTarget
{
    private const int SmallImageBytes = 1 << 16;
    private static readonly Dictionary<Rgb, int> _colours = new() { [new Rgb(0, 0, 0)] = 0, [new Rgb(255, 255, 255)] = 1 };

    public override string Name => "mask";

    public override byte[] Make(FuzzRandom random)
    {
        byte[] file = random.Below(5) switch
        {
            0 => GifGenerator.Make(random),
            1 => BmpGenerator.Make(random),
            2 => TiffGenerator.Make(random),
            _ => PngGenerator.Make(random),
        };
        return random.Percent(20) ? Mutation.Apply(random, file) : file;
    }

    public override bool Read(byte[] file)
    {
        DirtyMemory.Fill(0xA5, SmallImageBytes);
        LabelImage? first = TryRead(file, null);
        DirtyMemory.Fill(0x3C, SmallImageBytes);
        LabelImage? second = TryRead(file, null);
        if ((first is null) != (second is null)) throw new FindingException("a mask is read once and refused once");
        if (first is not null && !first.Values.AsSpan().SequenceEqual(second!.Values))
            throw new FindingException("memory that was not written shows in a mask");
        _ = TryRead(file, _colours);
        return first is not null;
    }

    private static LabelImage? TryRead(byte[] file, Dictionary<Rgb, int>? colours)
    {
        try
        {
            return LabelImageReader.Read(file, "mask", colours);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
