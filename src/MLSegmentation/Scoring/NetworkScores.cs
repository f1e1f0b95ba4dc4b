using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLSegmentation;

/// <summary>
/// Reads what a segmentation model answers, with errors about an answer of another shape than its file promises. Whoever scores
/// has one of their own.
/// </summary>
/// <param name="session">The session that answers.</param>
/// <param name="setup">Its model.</param>
internal sealed class NetworkScores(OnnxSession session, SegmentationSetup setup)
{
    // What larger answers need is not kept.
    private const int MostKept = 1 << 24;

    private readonly ScoreMeaning _meaning = setup.Choice.MeaningFor(session.GivesLogits);
    private readonly bool _makesLogits = setup.Choice.HasOwnLogits && !session.GivesLogits;

    // Of two logits that a softmax follows, the sigmoid of the difference is the foreground's probability.
    private readonly bool _takesDifference = setup.Choice is { IsPair: true, HasOwnLogits: false } && session.GivesLogits;
    private float[] _planes = [];
    private uint[] _keys = [];
    private uint[] _nearest = [];

    /// <summary>The scores of a pixel in the answer, of which the last ones are read.</summary>
    private int Channels => setup.Choice.IsPair ? 2 : _meaning.Planes;

    /// <summary>
    /// The class scores of one image. Where the graph answers labels, they are votes of 1 for the nearest label of each pixel of
    /// the tensor: between labels there is nothing.
    /// </summary>
    /// <param name="output">The answer for a number of images.</param>
    /// <param name="height">The tensor's height.</param>
    /// <param name="width">The tensor's width.</param>
    /// <param name="images">How many images there were.</param>
    /// <param name="image">Which of them is asked for.</param>
    /// <returns>Valid until the next call, and until the answer is disposed of.</returns>
    /// <exception cref="InvalidOperationException">The answer has another shape than promised.</exception>
    public ClassScores Of(OrtValue output, int height, int width, int images = 1, int image = 0)
    {
        if (setup.Choice.AreLabels) return VotesOf(output, height, width, images, image);
        (height, width) = SizeOf(output, images);
        int length = Channels * height * width;
        bool arePixels = setup.Scores.ClassAxis is { } axis && axis > setup.Scores.WidthAxis && Channels > 1;
        ReadOnlySpan<float> planes = output.GetTensorTypeAndShape().ElementDataType switch
        {
            TensorElementType.Float when !arePixels => output.GetTensorDataAsSpan<float>().Slice(image * length, length),
            TensorElementType.Float => Planes(output.GetTensorDataAsSpan<float>(), image, length, arePixels),
            TensorElementType.Double => Planes(output.GetTensorDataAsSpan<double>(), image, length, arePixels),
            TensorElementType.Float16 => Planes(
                MemoryMarshal.Cast<Float16, Half>(output.GetTensorDataAsSpan<Float16>()), image, length, arePixels),
            var other => throw WrongType(other),
        };
        if (_makesLogits) planes = ToLogits(planes);
        else if (_takesDifference) planes = ToDifference(planes);
        return new ClassScores(planes[^(_meaning.Planes * height * width)..], height, width, _meaning);
    }

    /// <summary>The labels of one image as keys, [H,W].</summary>
    /// <param name="output">The answer for a number of images.</param>
    /// <param name="height">Receives H.</param>
    /// <param name="width">Receives W.</param>
    /// <param name="images">How many images there were.</param>
    /// <param name="image">Which of them is asked for.</param>
    /// <returns>Valid until the next call.</returns>
    /// <exception cref="InvalidOperationException">The answer has another shape than promised.</exception>
    public ReadOnlySpan<uint> KeysOf(OrtValue output, out int height, out int width, int images = 1, int image = 0)
    {
        (height, width) = SizeOf(output, images);
        Span<uint> keys = Room(ref _keys, height * width);
        if (!LabelTensor.TryRead(output, image * keys.Length, setup.ClassNames.Count, keys))
            throw WrongType(output.GetTensorTypeAndShape().ElementDataType);
        return keys;
    }

    /// <summary>An answer of classes, [H,W].</summary>
    /// <exception cref="InvalidOperationException">
    /// It is not [N,H,W] of the tensor's size, N 1 or the number of images that the graph takes.
    /// </exception>
    public ReadOnlySpan<byte> Classes(OrtValue mask, int height, int width)
    {
        long[] shape = mask.GetTensorTypeAndShape().Shape;
        int images = setup.Model.InputFormat.Batch ?? 1;
        if (!shape.AsSpan().SequenceEqual([images, height, width]))
        {
            throw new InvalidOperationException(
                $"The model's output '{GraphNames.Mask}' has the shape [{string.Join(',', shape)}], expected the image's "
                + $"[{images},{height},{width}].");
        }
        return mask.GetTensorDataAsSpan<byte>()[..(height * width)];
    }

    /// <summary>Room for the values of one answer after the other; what it holds is an earlier one's.</summary>
    private static Span<T> Room<T>(ref T[] kept, int length)
    {
        if (length > MostKept) return new T[length];
        if (kept.Length < length) kept = new T[length];
        return kept.AsSpan(0, length);
    }

    private ClassScores VotesOf(OrtValue output, int height, int width, int images, int image)
    {
        ReadOnlySpan<uint> keys = KeysOf(output, out int rows, out int columns, images, image);
        if (rows != height || columns != width)
        {
            Span<uint> nearest = Room(ref _nearest, height * width);
            ImageResizer.ResizeNearest(keys, columns, rows, nearest, width, height);
            keys = nearest;
        }
        Span<float> votes = Room(ref _planes, checked(_meaning.Planes * keys.Length));
        LabelReader.Vote(keys, votes);
        return new ClassScores(votes, height, width, _meaning);
    }

    private ReadOnlySpan<float> ToLogits(ReadOnlySpan<float> probabilities)
    {
        Span<float> logits = Room(ref _planes, probabilities.Length);
        if (setup.Choice.IsPair) ScoreLogits.OfPair(probabilities, logits);
        else ScoreLogits.Of(probabilities, _meaning.Activation, logits);
        return logits;
    }

    private ReadOnlySpan<float> ToDifference(ReadOnlySpan<float> logits)
    {
        Span<float> difference = Room(ref _planes, logits.Length / 2);
        TensorPrimitives.Subtract(logits[difference.Length..], logits[..difference.Length], difference);
        return difference;
    }

    private ReadOnlySpan<float> Planes<T>(ReadOnlySpan<T> values, int image, int length, bool arePixels)
        where T : unmanaged, INumberBase<T>
    {
        Span<float> planes = Room(ref _planes, length);
        values = values.Slice(image * length, length);
        if (arePixels) ScorePlanes.FromPixels(values, Channels, planes);
        else ScorePlanes.FromPlanes(values, planes);
        return planes;
    }

    private (int Height, int Width) SizeOf(OrtValue output, int images)
    {
        SegmentationOutput scores = setup.Scores;
        long[] shape = output.GetTensorTypeAndShape().Shape;
        int planes = setup.Choice.AreLabels ? 1 : Channels;
        if (shape.Length == scores.Value.Dimensions.Count
            && (scores.HasBatch ? shape[0] == images || shape[0] == setup.Model.InputFormat.Batch : images == 1)
            && (scores.ClassAxis is not { } axis || shape[axis] == planes)
            && shape[scores.HeightAxis] >= 1 && shape[scores.WidthAxis] >= 1)
            return ((int)shape[scores.HeightAxis], (int)shape[scores.WidthAxis]);
        throw new InvalidOperationException(
            $"The model's output '{PrintableText.Of(scores.Name)}' has the shape [{string.Join(',', shape)}], "
            + $"expected [{string.Join(',', Expected(images, planes))}] for the classes {ClassText.Join(setup.ClassNames)}."
            + (scores is { Channels: null, ClassAxis: { } channels } && shape.Length > channels && shape[channels] == 1
                ? " Set OneChannel where it is the score of a foreground." : ""));
    }

    private IEnumerable<string> Expected(int images, int planes)
    {
        SegmentationOutput scores = setup.Scores;
        for (int axis = 0; axis < scores.Value.Dimensions.Count; axis++)
        {
            yield return axis == scores.HeightAxis ? "H" : axis == scores.WidthAxis ? "W"
                : axis == scores.ClassAxis ? $"{planes}" : $"{images}";
        }
    }

    private InvalidOperationException WrongType(TensorElementType type) => new(
        $"The model's output '{PrintableText.Of(setup.Scores.Name)}' has numbers of the type {type}, expected "
        + $"{setup.Scores.Value.ElementType.Name} as its file says.");
}
