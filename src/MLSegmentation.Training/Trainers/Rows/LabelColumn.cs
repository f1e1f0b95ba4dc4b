using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Training;

/// <summary>What a label column says of the classes.</summary>
internal static class LabelColumn
{
    private const int MostClasses = 255;

    /// <summary>The class names of a label column: its key values, or the keys' numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is no vector of keys.</exception>
    /// <exception cref="InvalidOperationException">There are less than two classes, or more than 255.</exception>
    public static string[] ClassNames(DataViewSchema.Column label)
    {
        if (label.Type is not VectorDataViewType { ItemType: KeyDataViewType { RawType: var raw } key } || raw != typeof(uint))
            throw ColumnTypes.Mismatch(label.Name, "Vector of Key<UInt32>", label.Type);
        return Names(label, key);
    }

    /// <summary>The class names of a column with one key an image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is no key.</exception>
    /// <exception cref="InvalidOperationException">There are less than two classes, or more than 255.</exception>
    public static string[] ImageClassNames(DataViewSchema.Column label)
    {
        if (label.Type is not KeyDataViewType { RawType: var raw } key || raw != typeof(uint))
            throw ColumnTypes.Mismatch(label.Name, "Key<UInt32>", label.Type);
        return Names(label, key);
    }

    /// <summary>Throws where rows have other classes than the training rows.</summary>
    public static void RequireClasses(IReadOnlyList<string> found, IReadOnlyList<string> expected)
    {
        if (found.SequenceEqual(expected)) return;
        throw new InvalidOperationException(
            $"The validation rows have the classes {string.Join(", ", found)}, expected those of the training "
            + $"rows: {string.Join(", ", expected)}.");
    }

    /// <summary>Throws where every pixel is of one class, or ignored: nothing can be learnt from that.</summary>
    public static void RequireTwoClasses(ClassFrequencies frequencies, string[] classNames)
    {
        int[] present = [.. Enumerable.Range(0, classNames.Length).Where(index => frequencies.Pixels[index] > 0)];
        if (present.Length >= 2) return;
        throw new InvalidOperationException(present.Length == 0
            ? "Every pixel of every label is ignored, so there is nothing to learn. Look at the ignore label and the masks."
            : $"Every labelled pixel is '{classNames[present[0]]}', so there is nothing to tell apart. Look at the masks: they "
                + "must hold class numbers, not 0 and 255.");
    }

    private static string[] Names(DataViewSchema.Column label, KeyDataViewType key)
    {
        int classes = checked((int)key.Count);
        if (classes is < 2 or > MostClasses)
        {
            throw new InvalidOperationException(
                $"The label column '{label.Name}' has {classes} classes; training needs 2 to {MostClasses}.");
        }
        if (!label.HasKeyValues()) return [.. Enumerable.Range(0, classes).Select(ClassText.Unnamed)];
        VBuffer<ReadOnlyMemory<char>> names = default;
        label.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
