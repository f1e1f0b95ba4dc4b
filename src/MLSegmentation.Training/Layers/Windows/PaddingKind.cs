namespace MLSegmentation.Training.Layers;

/// <summary>Keras's two paddings of a convolution, and the one that Torch's networks have.</summary>
public enum PaddingKind
{
    /// <summary>No padding: only positions where the whole kernel lies on the input.</summary>
    Valid,

    /// <summary>
    /// Padded with zeros so that a convolution of stride 1 keeps the size: the output has ⌈n / stride⌉ rows. The smaller half
    /// goes before, so the padding may be asymmetric. A transposed convolution gives n · stride rows.
    /// </summary>
    Same,

    /// <summary>
    /// ⌊kernel / 2⌋ zeros on each side, as networks written for Torch have it. An odd kernel gives ⌈n / stride⌉ rows like
    /// <see cref="Same"/>, but with a stride above 1 it lies elsewhere.
    /// </summary>
    Symmetric,
}
