namespace MLSegmentation;

/// <summary>
/// The classes of a COCO file: its categories by ascending id, behind a background. A category that stands above another and that
/// no annotation has, as Roboflow writes it, is no class.
/// </summary>
internal sealed class CocoClasses
{
    private readonly Dictionary<long, int> _classes;

    public CocoClasses(CocoIndex index)
    {
        HashSet<string> above =
        [
            .. index.Categories.Where(category => category.Supercategory != category.Name)
                .Select(category => category.Supercategory),
        ];
        CocoCategory[] categories =
        [
            .. index.Categories.Where(category => !above.Contains(category.Name) || index.IsUsed(category.Id))
                .OrderBy(category => category.Id),
        ];
        var classes = new ClassIndex([.. categories.Select(category => category.Name).Distinct()]);
        Names = classes.Names;
        _classes = categories.ToDictionary(category => category.Id, category => classes.Find(category.Name)!.Value);
    }

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The class of a category.</summary>
    /// <param name="category">The category's id; null where an annotation has none.</param>
    /// <param name="path">The file, for the error.</param>
    /// <param name="origin">What has the category.</param>
    /// <exception cref="InvalidDataException">There is no such category.</exception>
    public int Require(long? category, string path, string origin) =>
        category is { } id && _classes.TryGetValue(id, out int found) ? found : throw new InvalidDataException(
            $"The file '{path}' has {origin} of the category {category?.ToString() ?? "null"}, which is none of "
            + $"{PrintableText.Join([.. _classes.Keys.Select(one => $"{one}")])}. Mend its category_id, or add the category.");
}
