namespace Fuzzing;

/// <summary>Something that reads what strangers made, with files for it.</summary>
internal abstract class FuzzTarget
{
    public abstract string Name { get; }

    /// <summary>A file, which the numbers decide.</summary>
    public abstract byte[] Make(FuzzRandom random);

    /// <summary>Reads a file.</summary>
    /// <returns>Whether it was taken; false where it was refused as documented.</returns>
    /// <exception cref="FindingException">It did what it never should.</exception>
    public abstract bool Read(byte[] file);
}
