namespace MLSegmentation;

/// <summary>A category of a COCO file.</summary>
/// <param name="Id">Its number, which annotations have.</param>
/// <param name="Name">Its name.</param>
/// <param name="Supercategory">The name of the category above it; empty for none.</param>
internal sealed record CocoCategory(long Id, string Name, string Supercategory);
