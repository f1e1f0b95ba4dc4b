using System.Globalization;

/// <summary>One training of the study.</summary>
/// <param name="Labelled">Images with masks.</param>
/// <param name="Seed">Chooses them, and the weights that start at random.</param>
/// <param name="IsPretrained">Whether the encoder starts from the autoencoder's.</param>
internal sealed record Trial(int Labelled, int Seed, bool IsPretrained)
{
    /// <summary>The trials in a file of results, with the IoU of person that each reached; none where there is no file.</summary>
    public static Dictionary<Trial, double> Read(string file) => !File.Exists(file) ? [] : File.ReadLines(file).Skip(1).Select(line => line.Split(',')).ToDictionary(
        cells => new Trial(int.Parse(cells[0], CultureInfo.InvariantCulture), int.Parse(cells[1], CultureInfo.InvariantCulture), bool.Parse(cells[2])),
        cells => double.Parse(cells[4], CultureInfo.InvariantCulture));

    /// <summary>Appends the trial's result to the file.</summary>
    public void Append(string file, double minutes, double iou)
    {
        if (!File.Exists(file)) File.WriteAllText(file, "labelled,seed,pretrained,minutes,iou\n");
        File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{Labelled},{Seed},{IsPretrained},{minutes},{iou:F4}\n"));
    }
}
