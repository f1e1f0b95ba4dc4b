namespace MLSegmentation;

/// <summary>Values as elements of another type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="values">The values.</param>
/// <param name="elements">Receives as many elements.</param>
internal delegate void PlaneConversion<T>(ReadOnlySpan<float> values, Span<T> elements);
