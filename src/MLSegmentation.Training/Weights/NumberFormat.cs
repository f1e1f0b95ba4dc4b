namespace MLSegmentation.Training;

/// <summary>How a weight file stores the numbers of a weight, all of them little-endian.</summary>
internal enum NumberFormat
{
    /// <summary>IEEE 754 single precision, 4 bytes.</summary>
    Float32,

    /// <summary>IEEE 754 half precision, 2 bytes.</summary>
    Float16,

    /// <summary>The upper half of a single, 2 bytes.</summary>
    BFloat16,

    /// <summary>Anything else, such as a counter; it can be listed and not read.</summary>
    Other,
}
