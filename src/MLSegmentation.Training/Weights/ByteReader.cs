namespace MLSegmentation.Training;

/// <summary>Reads bytes of a stored array, from an offset in it.</summary>
internal delegate void ByteReader(long offset, Span<byte> destination);
