namespace MLSegmentation;

/// <summary>An image and its mask as they were found in folders; one of them may be missing.</summary>
/// <param name="Name">The image's path from its folder on, without extension.</param>
/// <param name="ImagePath">The image; null where there is none of that name.</param>
/// <param name="MaskPath">The mask; null where there is none of that name.</param>
/// <param name="Part">The part of the set that it belongs to, such as <c>train</c>; null where there are no parts.</param>
public sealed record DataSample(string Name, string? ImagePath, string? MaskPath, string? Part);
