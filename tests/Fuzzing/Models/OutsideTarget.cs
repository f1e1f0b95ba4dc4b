using MLSegmentation;

namespace Fuzzing.Models;

/// <summary>
/// Reads models that keep weights in other files: what is taken is whole, no larger than what was read, and has no byte from
/// outside of the model's folder.
/// </summary>
internal sealed class OutsideTarget : FuzzTarget
{
    public const string Weights = "weights.bin";
    public const int WeightBytes = 1 << 16;

    private const long MostRead = 64 << 20;
    private static readonly byte[] _secret = "Only who looks outside of the folder sees this."u8.ToArray();

    private readonly Lazy<string> _folder = new(MakeFolder);

    /// <summary>Names that models have for files, few of which they may read.</summary>
    public static IReadOnlyList<string> Locations { get; } =
    [
        Weights, "sub/small.bin", @"sub\small.bin", "./sub//small.bin", "inner.bin", "empty.bin", "none.bin", "sub", "outer.bin",
        "up/secret.bin", "sub/../weights.bin", "../secret.bin", "/etc/passwd", @"C:\weights.bin", "circle", "", ".", "..",
        "weights.bin\0", "weights.bin/", "weights.bin/x", "*/_ORT_MEM_ADDR_/*",
    ];

    public override string Name => "onnx-outside";

    public override byte[] Make(FuzzRandom random) => OnnxGenerator.MakeOutside(random);

    public override bool Read(byte[] file)
    {
        string path = Path.Combine(_folder.Value, "model.onnx");
        File.WriteAllBytes(path, file);
        try
        {
            byte[] whole = OnnxModelFile.Read(path);
            if (whole.Length - file.Length > MostRead) throw new FindingException($"{file.Length} bytes became {whole.Length}");
            if (whole.AsSpan().IndexOf(_secret) >= 0) throw new FindingException("a file outside of the folder was read");
            if (OnnxStructure.FindFault(file, mayRefer: true) is null && OnnxStructure.FindFault(whole) is { } fault)
                throw new FindingException($"a sound model became one that {fault}");
            OnnxModelInfo.FromBytes(whole);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static string MakeFolder()
    {
        string folder = Directory.CreateDirectory(ScratchFile.PathOf("outside")).FullName;
        string At(string name) => Path.Combine(folder, name);
        Directory.CreateDirectory(At("sub"));
        File.WriteAllBytes(ScratchFile.PathOf("secret.bin"), [.. Enumerable.Repeat(_secret, 1000).SelectMany(bytes => bytes)]);
        File.WriteAllBytes(At(Weights), new FuzzRandom(1).Bytes(WeightBytes));
        File.WriteAllBytes(At("sub/small.bin"), new byte[100]);
        File.WriteAllBytes(At("empty.bin"), []);
        File.CreateSymbolicLink(At("inner.bin"), "sub/../weights.bin");
        File.CreateSymbolicLink(At("outer.bin"), "../secret.bin");
        File.CreateSymbolicLink(At("up"), "..");
        File.CreateSymbolicLink(At("circle"), "circle");
        return folder;
    }
}
