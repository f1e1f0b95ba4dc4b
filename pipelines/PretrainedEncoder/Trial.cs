using System.Globalization;

/// <summary>One training of the study.</summary>
/// <param name="Labelled">Images with masks.</param>
/// <param name="Seed">Chooses them, and the weights that start at random.</param>
/// <param name="IsPretrained">Whether the encoder starts from the autoencoder's.</param>
/// <param name="Steps">How long it takes.</param>
internal sealed record Trial(int Labelled, int Seed, bool IsPretrained, int Steps)
{
    /// <summary>Every trial of the study: each number of labelled images with each seed, from scratch and pretrained.</summary>
    public static IEnumerable<Trial> All(int[] labelled, int seeds, int steps) =>
        from count in labelled
        from seed in Enumerable.Range(1, seeds)
        from isPretrained in new[] { false, true }
        select new Trial(count, seed, isPretrained, steps);

    /// <summary>The mean result of the seeds.</summary>
    public static double Mean(Dictionary<Trial, double> done, int labelled, bool isPretrained, int steps) =>
        done.Where(one => (one.Key.Labelled, one.Key.IsPretrained, one.Key.Steps) == (labelled, isPretrained, steps))
            .Average(one => one.Value);

    /// <summary>The trials in a file of results, with the IoU of person that each reached; none where there is no file.</summary>
    public static Dictionary<Trial, double> Read(string file)
    {
        if (!File.Exists(file)) return [];
        static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
        return File.ReadLines(file).Skip(1).Select(line => line.Split(',')).ToDictionary(
            cells => new Trial(Number(cells[0]), Number(cells[1]), bool.Parse(cells[2]), Number(cells[3])),
            cells => double.Parse(cells[4], CultureInfo.InvariantCulture));
    }

    /// <summary>Appends the trial's result to the file.</summary>
    public void Append(string file, double iou)
    {
        if (!File.Exists(file)) File.WriteAllText(file, "labelled,seed,pretrained,steps,iou\n");
        FormattableString line = $"{Labelled},{Seed},{IsPretrained},{Steps},{iou:F4}\n";
        File.AppendAllText(file, line.ToString(CultureInfo.InvariantCulture));
    }
}
