namespace MLSegmentation.Training.Layers;

/// <summary>How <see cref="UpSampling2D"/> makes new values.</summary>
public enum Interpolation
{
    /// <summary>Each value is repeated.</summary>
    Nearest,

    /// <summary>Bilinear between half-pixel centres, edges repeated.</summary>
    Bilinear,
}
