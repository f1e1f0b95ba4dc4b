using System.Globalization;

/// <summary>One training of the study.</summary>
/// <param name="Labelled">Images with masks.</param>
/// <param name="Seed">Chooses them, and the weights that start at random.</param>
/// <param name="IsPretrained">Whether the encoder starts from the autoencoder's.</param>
/// <param name="Minutes">How long it takes.</param>
internal sealed record Trial(int Labelled, int Seed, bool IsPretrained, double Minutes)
{
    /// <summary>Every trial of the study: each number of labelled images with each seed, from scratch and pretrained.</summary>
    public static IEnumerable<Trial> All(int[] labelled, int seeds, double minutes) =>
        from count in labelled
        from seed in Enumerable.Range(1, seeds)
        from isPretrained in new[] { false, true }
        select new Trial(count, seed, isPretrained, minutes);

    /// <summary>The mean result of the seeds.</summary>
    public static double Mean(Dictionary<Trial, double> done, int labelled, bool isPretrained, double minutes) =>
        done.Where(one => (one.Key.Labelled, one.Key.IsPretrained, one.Key.Minutes) == (labelled, isPretrained, minutes)).Average(one => one.Value);

    /// <summary>The trials in a file of results, with the IoU of person that each reached; none where there is no file.</summary>
    public static Dictionary<Trial, double> Read(string file)
    {
        if (!File.Exists(file)) return [];
        static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
        return File.ReadLines(file).Skip(1).Select(line => line.Split(',')).ToDictionary(
            cells => new Trial(Number(cells[0]), Number(cells[1]), bool.Parse(cells[2]), double.Parse(cells[3], CultureInfo.InvariantCulture)),
            cells => double.Parse(cells[4], CultureInfo.InvariantCulture));
    }

    /// <summary>Appends the trial's result to the file.</summary>
    public void Append(string file, double iou)
    {
        if (!File.Exists(file)) File.WriteAllText(file, "labelled,seed,pretrained,minutes,iou\n");
        FormattableString line = $"{Labelled},{Seed},{IsPretrained},{Minutes},{iou:F4}\n";
        File.AppendAllText(file, line.ToString(CultureInfo.InvariantCulture));
    }
}
