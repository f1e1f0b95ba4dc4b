namespace MLSegmentation.Training;

/// <summary>
/// Asks a set of images whether up matters in them: can a linear probe tell them from themselves upside down? The features are
/// cell means and histograms of gradients (Dalal and Triggs 2005) of thumbnails; what counts is how they change when the image is
/// turned over, so that one vector stands for the image and, negated, for its mirror image.
/// </summary>
internal static class UprightProbe
{
    private const int Rows = 6, Columns = 3, Bins = 8, Folds = 5, Channels = 3;
    private const double Ridge = 1;

    /// <summary>
    /// The part of the images told from their mirror images by a probe that was trained on other ones; 0.5 by chance. Images are
    /// held out in blocks of neighbouring rows, since a series of pictures often shows one object.
    /// </summary>
    /// <param name="images">At least as many as folds, 5.</param>
    public static double Accuracy(IReadOnlyList<Thumbnail> images)
    {
        double[][] features = [.. images.Select(Difference)];
        Standardise(features);
        int right = 0;
        for (int fold = 0; fold < Folds; fold++)
        {
            int first = images.Count * fold / Folds, end = images.Count * (fold + 1) / Folds;
            double[][] train = [.. features[..first], .. features[end..]];
            double[] factors = Solve(train);
            for (int i = first; i < end; i++)
            {
                double score = 0;
                for (int j = 0; j < train.Length; j++) score += factors[j] * Dot(train[j], features[i]);
                if (score > 0) right++;
            }
        }
        return (double)right / images.Count;
    }

    /// <summary>The features of an image less those of the image upside down.</summary>
    private static double[] Difference(Thumbnail image)
    {
        double[] upright = Features(image, isFlipped: false), flipped = Features(image, isFlipped: true);
        return [.. upright.Zip(flipped, (one, other) => one - other)];
    }

    private static double[] Features(Thumbnail image, bool isFlipped)
    {
        const int Cells = Rows * Columns;
        var features = new double[Cells * (Channels + Bins)];
        float At(int channel, int x, int y) => image[channel, x, isFlipped ? Thumbnail.Side - 1 - y : y];
        for (int y = 0; y < Thumbnail.Side; y++)
        {
            for (int x = 0; x < Thumbnail.Side; x++)
            {
                int cell = y * Rows / Thumbnail.Side * Columns + x * Columns / Thumbnail.Side;
                for (int channel = 0; channel < Channels; channel++) features[cell * Channels + channel] += At(channel, x, y);
                if (x == 0 || y == 0 || x == Thumbnail.Side - 1 || y == Thumbnail.Side - 1) continue;
                double across = At(1, x + 1, y) - At(1, x - 1, y), down = At(1, x, y + 1) - At(1, x, y - 1);
                double turn = Math.Atan2(down, across) / (2 * Math.PI) + 1;
                int bin = (int)(turn * Bins + 0.5) % Bins;
                features[Cells * Channels + cell * Bins + bin] += Math.Sqrt(Math.Sqrt(across * across + down * down));
            }
        }
        return features;
    }

    /// <summary>
    /// Gives every feature the mean square 1, so that colours and gradients count alike, and a row the length 1.
    /// </summary>
    private static void Standardise(double[][] features)
    {
        for (int index = 0; index < features[0].Length; index++)
        {
            double root = Math.Sqrt(features.Average(row => row[index] * row[index]));
            foreach (double[] row in features) row[index] = root > 1e-9 ? row[index] / root : 0;
        }
        foreach (double[] row in features)
        {
            double length = Math.Sqrt(Dot(row, row));
            for (int index = 0; length > 1e-9 && index < row.Length; index++) row[index] /= length;
        }
    }

    /// <summary>The factors of the rows in the ridge regression of 1 on them: (K + λI) a = 1, by Cholesky.</summary>
    private static double[] Solve(double[][] rows)
    {
        int n = rows.Length;
        var lower = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = Dot(rows[i], rows[j]) + (i == j ? Ridge : 0);
                for (int k = 0; k < j; k++) sum -= lower[i, k] * lower[j, k];
                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }
        }
        var solution = new double[n];
        for (int i = 0; i < n; i++)
        {
            double sum = 1;
            for (int k = 0; k < i; k++) sum -= lower[i, k] * solution[k];
            solution[i] = sum / lower[i, i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            double sum = solution[i];
            for (int k = i + 1; k < n; k++) sum -= lower[k, i] * solution[k];
            solution[i] = sum / lower[i, i];
        }
        return solution;
    }

    private static double Dot(double[] one, double[] other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++) sum += one[i] * other[i];
        return sum;
    }
}
