namespace MLSegmentation.Cli;

/// <summary>What was meant by a mistyped name.</summary>
internal static class Suggestion
{
    /// <summary>Such as <c> Did you mean 'segment'?</c>, to stand behind a sentence; empty where nothing comes close.</summary>
    /// <param name="typed">The name that is not known.</param>
    /// <param name="known">Those that are.</param>
    public static string For(string typed, IEnumerable<string> known) =>
        Closest(typed, known) is { } meant ? $" Did you mean '{meant}'?" : "";

    /// <summary>
    /// The name that is typed with the fewest mistakes, of which a name may have one for each three letters, and one at least;
    /// null for none.
    /// </summary>
    public static string? Closest(string typed, IEnumerable<string> known)
    {
        var best = known.Distinct()
            .Select(name => (Name: name, Mistakes: Mistakes(typed.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(one => one.Mistakes <= Math.Max(1, Math.Max(typed.Length, one.Name.Length) / 3))
            .OrderBy(one => one.Mistakes).ToArray();
        return best.Length > 0 ? best[0].Name : null;
    }

    /// <summary>
    /// Letters put in, left out, exchanged for another or for their neighbour (the optimal string alignment distance).
    /// </summary>
    private static int Mistakes(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }
                int changed = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(changed, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                bool isSwapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (isSwapped) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[a.Length, b.Length];
    }
}
