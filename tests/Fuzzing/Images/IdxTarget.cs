using System.IO.Compression;
using MLSegmentation;

namespace Fuzzing.Images;

/// <summary>Reads idx files of images and labels, plain and compressed.</summary>
internal sealed class IdxTarget : FuzzTarget
{
    private const int MostImages = 100;
    private readonly string _path = ScratchFile.PathOf("idx");

    public override string Name => "idx";

    public override byte[] Make(FuzzRandom random)
    {
        int count = random.Below(5), width = random.Between(1, 30), height = random.Between(1, 30);
        bool isLabels = random.Percent(25);
        uint Number(int number) => random.Percent(93) ? (uint)number : random.Extreme();
        var idx = new ByteList(isBigEndian: true)
            .Int(random.Percent(96) ? isLabels ? 0x801u : 0x803 : random.Extreme()).Int(Number(count));
        if (!isLabels) idx.Int(Number(height)).Int(Number(width));
        byte[] file = idx.Add(random.Bytes(isLabels ? count : count * width * height)).ToArray();
        if (random.Percent(20)) file = Mutation.Apply(random, file);
        if (!random.Percent(50)) return file;
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(file);
        return random.Percent(30) ? Mutation.Apply(random, target.ToArray()) : target.ToArray();
    }

    public override bool Read(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        bool isLabels = Does(() => IdxImageReader.ReadLabels(_path)),
            isImages = Does(() => _ = IdxImageReader.Open(_path).ReadPixels().Take(MostImages).Count());
        return isLabels || isImages;
    }

    private static bool Does(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
