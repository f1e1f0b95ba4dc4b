namespace Fuzzing.Images;

/// <summary>An entry of a TIFF directory; a count or a place may be stated that it has not.</summary>
internal sealed record TiffEntry(int Tag, int Type, uint[] Values)
{
    public uint? StatedCount { get; init; }

    public uint? StatedOffset { get; init; }

    /// <summary>The bytes of a value of a type; 1 for types that there are none of.</summary>
    public int ValueBytes => Type switch { 3 or 8 => 2, 4 or 9 or 11 or 13 => 4, 5 or 10 or 12 or 16 or 17 or 18 => 8, _ => 1 };
}
