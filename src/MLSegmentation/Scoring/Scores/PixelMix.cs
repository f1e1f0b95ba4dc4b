using System.Numerics;

namespace MLSegmentation;

/// <summary>Interpolates the scores of one pixel between the four around it.</summary>
/// <param name="meaning">What the scores are.</param>
/// <param name="stride">From the first class of a pixel to the first of the next (<see cref="PixelRows"/>).</param>
/// <param name="mixesLogits">Whether they are logits, of which a softmax makes probabilities later.</param>
internal sealed class PixelMix(ScoreMeaning meaning, int stride, bool mixesLogits)
{
    private readonly float[] _mixed = new float[stride];

    /// <summary>The key of the best class of a pixel, the first of equals; 0 where it has none.</summary>
    /// <param name="above">The upper row.</param>
    /// <param name="below">The lower row.</param>
    /// <param name="down">Which rows these are.</param>
    /// <param name="across">The columns.</param>
    /// <param name="score">Receives its score; minus infinity where it has no class.</param>
    public uint Best(
        ReadOnlySpan<float> above, ReadOnlySpan<float> below, Neighbours down, Neighbours across, out float score)
    {
        Mix(above, below, down, across);
        uint best = 0;
        float highest = mixesLogits ? PixelRows.LeastLogit : float.NegativeInfinity;
        score = float.NegativeInfinity;
        for (int index = 0; index < meaning.Planes; index++)
        {
            // Of a pixel with logits that are not numbers there are no probabilities.
            if (mixesLogits && !(_mixed[index] < float.PositiveInfinity)) return 0;
            if (_mixed[index] > highest) (highest, best) = (_mixed[index], (uint)index + 1);
        }
        if (best > 0) score = highest;
        return best;
    }

    /// <summary>The score of one class.</summary>
    public float ScoreOf(
        int index, ReadOnlySpan<float> above, ReadOnlySpan<float> below, Neighbours down, Neighbours across)
    {
        int left = (across.First * stride) + index, right = (across.Second * stride) + index;
        return down.Mix(across.Mix(above[left], above[right]), across.Mix(below[left], below[right]));
    }

    private void Mix(ReadOnlySpan<float> above, ReadOnlySpan<float> below, Neighbours down, Neighbours across)
    {
        int left = across.First * stride, right = across.Second * stride;
        for (int i = 0; i < stride; i += Vector<float>.Count)
        {
            Vector<float> top = across.Mix(new Vector<float>(above[(left + i)..]), new Vector<float>(above[(right + i)..]));
            Vector<float> bottom = across.Mix(new Vector<float>(below[(left + i)..]), new Vector<float>(below[(right + i)..]));
            down.Mix(top, bottom).CopyTo(_mixed, i);
        }
    }
}
