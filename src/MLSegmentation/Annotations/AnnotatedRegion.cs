namespace MLSegmentation;

/// <summary>A region of an image as it was annotated.</summary>
/// <param name="Origin">Where it is in its file, such as <c>annotation 17</c>.</param>
/// <param name="Class">The class, from 0; null for pixels that are to be ignored.</param>
/// <param name="Shape">Its pixels; null where it has none.</param>
/// <param name="Fault">Why it has no pixels, such as <c>is a point, which has no area</c>.</param>
internal sealed record AnnotatedRegion(string Origin, int? Class, RegionShape? Shape, string? Fault = null);
