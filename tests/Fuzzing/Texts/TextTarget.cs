namespace Fuzzing.Texts;

/// <summary>Reads a text file, which is taken or refused with <see cref="InvalidDataException"/>.</summary>
internal sealed class TextTarget(string name, Func<FuzzRandom, byte[]> make, Action<string> read) : FuzzTarget
{
    private readonly string _path = ScratchFile.PathOf(name);

    public override string Name => name;

    public override byte[] Make(FuzzRandom random) => make(random);

    public override bool Read(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        try
        {
            read(_path);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
