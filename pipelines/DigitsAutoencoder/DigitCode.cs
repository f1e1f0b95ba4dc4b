using Microsoft.ML.Data;

/// <summary>A digit and where it lies in the latent space.</summary>
internal sealed class DigitCode
{
    /// <summary>Key k + 1 is the digit k.</summary>
    [KeyType(10)]
    public uint Label { get; set; }

    public float[] Latent { get; set; } = [];

    public float ReconstructionError { get; set; }
}
