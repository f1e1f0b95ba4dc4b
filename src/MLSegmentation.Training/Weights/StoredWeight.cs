namespace MLSegmentation.Training;

/// <summary>One named array in a weight file that is open; its numbers are read when they are asked for.</summary>
internal abstract class StoredWeight(string name, long[] shape, NumberFormat format)
{
    /// <summary>Its name in the file.</summary>
    public string Name => name;

    /// <summary>Its dimensions in the file's order; none for a single number.</summary>
    public long[] Shape => shape;

    /// <summary>How its numbers are stored.</summary>
    public NumberFormat Format => format;

    /// <summary>Reads the numbers, the last dimension running fastest.</summary>
    /// <param name="destination">As many as the shape has.</param>
    /// <exception cref="InvalidDataException">The file holds something else here than its header says.</exception>
    public abstract void Read(Span<float> destination);
}
