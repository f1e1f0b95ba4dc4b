namespace MLSegmentation;

/// <summary>Checks that the options of several transforms share.</summary>
internal static class OptionChecks
{
    /// <exception cref="ArgumentException">A name is empty, or two columns have the same.</exception>
    public static void Names(params IEnumerable<string?> outputColumns)
    {
        string[] names = [.. outputColumns.OfType<string>()];
        if (names.Contains("")) throw new ArgumentException("An output column's name is empty. Give it one, or null for no column.", nameof(outputColumns));
        if (names.Distinct().Count() != names.Length)
            throw new ArgumentException($"The output columns are {string.Join(", ", names)}: give each a name of its own.", nameof(outputColumns));
    }

    /// <exception cref="ArgumentOutOfRangeException">There is less than one thread.</exception>
    public static void Threads(int? threads)
    {
        if (threads is < 1)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "Expected at least 1 for Threads, or null for one each core.");
    }
}
