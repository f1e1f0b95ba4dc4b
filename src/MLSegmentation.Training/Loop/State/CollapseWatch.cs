using TorchSharp;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Watches which classes a network gives to pixels while it trains. A class that the labels have and the network gives to hardly
/// any pixel is gone: the loss has found that it pays to leave it out. The first time there is a remedy, which the training
/// takes; the second time there is only a report.
/// </summary>
internal sealed class CollapseWatch
{
    /// <summary>What the learning rate is multiplied by once the remedy is taken.</summary>
    public const double MendedRate = 0.5;

    /// <summary>Batches before anything is said.</summary>
    internal const int LeastBatches = 160;

    // Of a training that ends soon after its remedy, less is known.
    private const int LeastBatchesAtEnd = 3 * Interval;
    private const double LeastPart = 0.05, LeastPartOfOne = 0.3;

    /// <summary>A class that is less frequent in the labels may be gone by chance.</summary>
    private const double Frequent = 0.01;

    /// <summary>Without a class that has so many pixels a model is useless; rarer ones may just not be learnt yet.</summary>
    private const double Large = 0.05;

    /// <summary>A class that is given to a smaller part of the pixels that have it, right or wrong, is gone.</summary>
    private const double Gone = 0.1;

    // The device is asked once for so many batches; an average over some three times as many is judged.
    private const int Interval = 16, Stride = 4;
    private const double Kept = 0.7;

    private readonly IReadOnlyList<string> _classNames;
    private readonly Tensor _pending;
    private CollapseCounts _counts;

    /// <summary>Watches classes of these names; its counts lie on the device, in the dispose scope around this call.</summary>
    public CollapseWatch(IReadOnlyList<string> classNames, Device device)
    {
        _classNames = classNames;
        _pending = zeros([2 * classNames.Count + 1], int64, device: device);
        _counts = new CollapseCounts(0, false, [], [], []);
    }

    /// <summary>What may be done about a collapse. Default null: nothing.</summary>
    public CollapseRemedy? Remedy { get; init; }

    /// <summary>What was seen. What a checkpoint has is put back here.</summary>
    public CollapseCounts Counts
    {
        get => _counts with { Pending = _pending.cpu().data<long>().ToArray() };
        set
        {
            if (value.Pending.Length != _pending.numel()) throw new InvalidDataException("its counts are of other classes");
            using Tensor pending = tensor(value.Pending);
            _pending.copy_(pending);
            _counts = value;
        }
    }

    /// <summary>Whether the remedy was taken: then rare classes count more, and the learning rate is half.</summary>
    public bool IsMended => _counts.IsMended;

    /// <summary>Whether the training was long enough for its model to be judged: 160 batches, or 48 after the remedy.</summary>
    public bool IsLongEnough => _counts.Batches >= (IsMended ? LeastBatchesAtEnd : LeastBatches);

    /// <summary>Counts every fourth pixel of every fourth row of a batch.</summary>
    /// <param name="best">(N, H, W), 64-bit: the class with the highest score.</param>
    /// <param name="labels">(N, H, W): a class, or one beyond them where ignored.</param>
    public void See(Tensor best, Tensor labels)
    {
        var some = TensorIndex.Slice(step: Stride);
        int classes = _classNames.Count;
        using Scalar count = classes, beyond = 2 * classes;
        Tensor given = best[TensorIndex.Colon, some, some].reshape(-1),
            has = labels[TensorIndex.Colon, some, some].reshape(-1).to(int64);
        Tensor isIgnored = has.ge(count);
        Tensor places = cat([given, has.add(count)]).masked_fill(cat([isIgnored, isIgnored]), beyond);
        _pending.scatter_add_(0, places, ones_like(places));
        _counts = _counts with { Batches = _counts.Batches + 1 };
        if (_counts.Batches % Interval == 0) Smooth();
    }

    /// <summary>
    /// What is wrong when a part of the training is done; null for nothing, or where it is too early to say. One class everywhere
    /// counts after 160 batches and a twentieth of the training. A large class that is gone counts after three tenths; so does
    /// one class everywhere where the others have less than 1 % of the pixels, as every training of theirs begins like that.
    /// </summary>
    /// <param name="fraction">The part that is done, 0 to 1.</param>
    public string? Find(double fraction)
    {
        if (_counts.Batches < LeastBatches || _counts.Predicted.Length == 0 || fraction < LeastPart) return null;
        int[] gone = [.. GoneClasses(_counts.Predicted, _counts.Labelled, out int? everywhere)
            .Where(index => _counts.Labelled[index] >= Large)];
        if (everywhere is int most && (1 - _counts.Labelled[most] >= Frequent || fraction >= LeastPartOfOne))
            return Everywhere(most);
        return gone.Length == 0 || fraction < LeastPartOfOne ? null : Missing(gone);
    }

    /// <summary>What a trained network lacks, by the pixels that it was judged on.</summary>
    public MissingClasses Judge(PixelConfusionMatrix matrix)
    {
        double pixels = matrix.LabeledPixels;
        if (pixels == 0) return MissingClasses.None;
        int[] classes = [.. Enumerable.Range(0, _classNames.Count)];
        double[] labelled = [.. classes.Select(index => matrix.LabelPixels(index) / pixels)];
        double[] predicted = [.. classes.Select(index => matrix.PredictedPixels(index) / pixels)];
        int[] gone = GoneClasses(predicted, labelled, out int? everywhere);
        if (everywhere is int most) return new MissingClasses(Everywhere(most), null);
        int[] large = [.. gone.Where(index => labelled[index] >= Large)], rare = [.. gone.Except(large)];
        return new MissingClasses(large.Length == 0 ? null : Missing(large), rare.Length == 0 ? null : Missing(rare));
    }

    /// <summary>Notes that the remedy is taken, and begins to count anew.</summary>
    public void Mend()
    {
        _pending.zero_();
        _counts = new CollapseCounts(0, true, [], [], []);
    }

    /// <summary>The frequent classes that are given to hardly any pixel, and the class that has all of the others'.</summary>
    /// <param name="predicted">The part of the pixels that is given each class.</param>
    /// <param name="labelled">The part of the pixels that has each class.</param>
    /// <param name="everywhere">The class given to nearly every pixel, where others are in the labels; null for none.</param>
    internal static int[] GoneClasses(IReadOnlyList<double> predicted, IReadOnlyList<double> labelled, out int? everywhere)
    {
        int most = predicted.Index().MaxBy(one => one.Item).Index;
        double others = 1 - labelled[most];
        everywhere = others > 0 && 1 - predicted[most] < Gone * others ? most : null;
        return [.. Enumerable.Range(0, labelled.Count).Where(
            index => labelled[index] >= Frequent && predicted[index] < Gone * labelled[index])];
    }

    private string Everywhere(int index) => $"nearly every pixel is given the class {ClassText.Of(_classNames[index])}";

    private string Missing(int[] gone) =>
        $"hardly a pixel is given the {Plural.Noun(gone.Length, "class")} "
        + ClassText.Join([.. gone.Select(one => _classNames[one])]);

    private void Smooth()
    {
        int classes = _classNames.Count;
        long[] pending = _pending.cpu().data<long>().ToArray();
        _pending.zero_();
        double pixels = pending[classes..^1].Sum();
        if (pixels == 0) return;
        double[] predicted = Average(_counts.Predicted, pending[..classes]),
            labelled = Average(_counts.Labelled, pending[classes..^1]);
        _counts = _counts with { Predicted = predicted, Labelled = labelled };

        double[] Average(double[] before, long[] now) => before.Length == 0
            ? [.. now.Select(count => count / pixels)]
            : [.. before.Zip(now, (was, count) => Kept * was + (1 - Kept) * count / pixels)];
    }
}
