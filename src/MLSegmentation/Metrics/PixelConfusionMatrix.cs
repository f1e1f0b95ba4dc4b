using System.Globalization;
using System.Numerics;

namespace MLSegmentation;

/// <summary>
/// How many pixels of each class were predicted as each class. Pixels come as ML.NET keys: 0 is no class, <c>k + 1</c> is class
/// <c>k</c>. A label of 0 is ignored and counts nowhere. A prediction of 0 on a labelled pixel is a mistake like any other. It
/// counts as <see cref="Unassigned"/>, in the label's row but in no class's column.
/// </summary>
/// <remarks>Not safe for use by several threads at once: give each its own and <see cref="Merge"/> them.</remarks>
public sealed class PixelConfusionMatrix
{
    /// <summary>
    /// The most labelled pixels that are summed: twice as many, which the metrics add up, are still a number of 64 bits.
    /// </summary>
    internal const long MostPixels = long.MaxValue / 2;

    /// <summary>The most classes of a matrix.</summary>
    internal const int MaxClasses = 4096;

    // Rows are label keys and columns prediction keys. Row 0, the ignored pixels, is counted like the rest, which is cheaper
    // than asking, and read by nobody.
    private readonly long[] _counts;
    private readonly int _stride;

    /// <summary>An empty matrix.</summary>
    /// <param name="classes">The number of classes, 1 to 4096.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public PixelConfusionMatrix(int classes)
    {
        if (classes is < 1 or > MaxClasses)
            throw new ArgumentOutOfRangeException(nameof(classes), classes, $"Expected 1 to {MaxClasses} classes.");
        Classes = classes;
        _stride = classes + 1;
        _counts = new long[_stride * _stride];
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The number of pixels whose label is a class: every one that counts.</summary>
    public long LabeledPixels => Sum(_counts.AsSpan(_stride));

    /// <summary>The number of pixels labelled as one class and predicted as another or the same.</summary>
    /// <param name="label">The label's class, from 0.</param>
    /// <param name="prediction">The predicted class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int label, int prediction] => Row(label)[CheckClass(prediction) + 1];

    /// <summary>The number of pixels labelled as a class and predicted as no class.</summary>
    /// <param name="label">The label's class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long Unassigned(int label) => Row(label)[0];

    /// <summary>The number of pixels labelled as a class, whatever was predicted.</summary>
    /// <param name="label">The label's class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long LabelPixels(int label) => Sum(Row(label));

    /// <summary>
    /// The number of labelled pixels predicted as a class; a prediction where the label is ignored is not among them.
    /// </summary>
    /// <param name="prediction">The predicted class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long PredictedPixels(int prediction)
    {
        long sum = 0;
        for (int i = _stride + CheckClass(prediction) + 1; i < _counts.Length; i += _stride) sum += _counts[i];
        return sum;
    }

    /// <summary>Counts the pixels of one image or of a part of it.</summary>
    /// <param name="labels">The true keys, 0 (ignored) to <see cref="Classes"/>.</param>
    /// <param name="predictions">The predicted keys of the same pixels, 0 (no class) to <see cref="Classes"/>.</param>
    /// <exception cref="ArgumentException">There are more labels than predictions or fewer; nothing was counted.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A key is greater than the number of classes; nothing was counted.
    /// </exception>
    public void Add(ReadOnlySpan<uint> labels, ReadOnlySpan<uint> predictions)
    {
        if (labels.Length != predictions.Length)
        {
            throw new ArgumentException(
                $"Received {labels.Length} labels and {predictions.Length} predictions, expected as many of both: "
                + "a predicted mask has the size of its label mask.", nameof(predictions));
        }
        CheckKeys(labels, nameof(labels));
        CheckKeys(predictions, nameof(predictions));

        // Masks are mostly runs of one class: a vector of equal pairs is counted with one addition.
        int length = Vector<uint>.Count, i = 0;
        for (; i <= labels.Length - length; i += length)
        {
            ReadOnlySpan<uint> label = labels.Slice(i, length), prediction = predictions.Slice(i, length);
            if (IsRun(label) && IsRun(prediction)) _counts[(int)label[0] * _stride + (int)prediction[0]] += length;
            else CountEach(label, prediction);
        }
        CountEach(labels[i..], predictions[i..]);
    }

    /// <summary>Counts pixels of one label and one prediction.</summary>
    /// <param name="label">The label's class, from 0.</param>
    /// <param name="prediction">The predicted class; -1 for none.</param>
    /// <param name="pixels">Their number.</param>
    internal void Add(int label, int prediction, long pixels) => _counts[(label + 1) * _stride + prediction + 1] += pixels;

    /// <summary>Takes all counts away.</summary>
    internal void Clear() => Array.Clear(_counts);

    /// <summary>Adds another matrix's counts to this one's.</summary>
    /// <exception cref="ArgumentException">
    /// The other has another number of classes, or both have too many pixels together; nothing was added.
    /// </exception>
    public void Merge(PixelConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Classes != Classes)
        {
            throw new ArgumentException(
                $"Received a matrix of {other.Classes} classes, expected {Classes} as in this one.", nameof(other));
        }
        if (other.LabeledPixels > MostPixels - LabeledPixels)
        {
            throw new ArgumentException(
                $"Received a matrix of {other.LabeledPixels} pixels, expected at most {MostPixels - LabeledPixels} beside those "
                + "counted.", nameof(other));
        }
        for (int i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
    }

    /// <summary>The counts as a table, a row a label and a column a prediction, with the classes' numbers.</summary>
    public override string ToString() =>
        ToString([.. Enumerable.Range(0, Classes).Select(index => index.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>The counts as a table, a row a label and a column a prediction, with the classes' names.</summary>
    /// <param name="classNames">One name a class.</param>
    /// <exception cref="ArgumentException">There are more names than classes or fewer.</exception>
    public string ToString(IReadOnlyList<string> classNames)
    {
        CheckNames(classNames);
        var table = new TextTable(["label \\ predicted", .. classNames, "(none)"]);
        for (int label = 0; label < Classes; label++)
        {
            ReadOnlySpan<long> row = Row(label);
            var cells = new List<string> { classNames[label] };
            foreach (long count in row[1..]) cells.Add(count.ToString(CultureInfo.InvariantCulture));
            cells.Add(row[0].ToString(CultureInfo.InvariantCulture));
            table.Add(cells);
        }
        return table.ToString();
    }

    internal void CheckNames(IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        if (classNames.Count != Classes)
        {
            throw new ArgumentException(
                $"Received {classNames.Count} class names, expected {Classes}: one a class.", nameof(classNames));
        }
    }

    private static bool IsRun(ReadOnlySpan<uint> keys) => Vector.EqualsAll(new Vector<uint>(keys), new Vector<uint>(keys[0]));

    private static long Sum(ReadOnlySpan<long> counts)
    {
        long sum = 0;
        foreach (long count in counts) sum += count;
        return sum;
    }

    private void CountEach(ReadOnlySpan<uint> labels, ReadOnlySpan<uint> predictions)
    {
        Span<long> counts = _counts;
        int stride = _stride;
        for (int i = 0; i < labels.Length; i++) counts[(int)labels[i] * stride + (int)predictions[i]]++;
    }

    private void CheckKeys(ReadOnlySpan<uint> keys, string parameter)
    {
        int i = 0;
        var limit = new Vector<uint>((uint)Classes);
        while (i <= keys.Length - Vector<uint>.Count && Vector.LessThanOrEqualAll(new Vector<uint>(keys[i..]), limit))
            i += Vector<uint>.Count;
        for (; i < keys.Length; i++)
        {
            if (keys[i] > Classes)
            {
                throw new ArgumentOutOfRangeException(
                    parameter, keys[i], $"Pixel {i} has the key {keys[i]} (class {keys[i] - 1}), expected 0 (no class) "
                        + $"to {Classes}, one key a class.");
            }
        }
    }

    private ReadOnlySpan<long> Row(int label) => _counts.AsSpan((CheckClass(label) + 1) * _stride, _stride);

    private int CheckClass(int index) => (uint)index < (uint)Classes
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"Expected a class from 0 to {Classes - 1}.");
}
