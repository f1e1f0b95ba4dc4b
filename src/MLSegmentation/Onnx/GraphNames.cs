namespace MLSegmentation;

/// <summary>The names that exported graphs give their inputs and outputs.</summary>
internal static class GraphNames
{
    /// <summary>The image: float32 [N,C,H,W], RGB or gray, 0 to 255.</summary>
    public const string Image = "image";

    /// <summary>
    /// Of a segmentation graph: float32 [N,C,H,W], of a classifier's: float32 [N,C]; 0 to 1, their sum over C is 1.
    /// </summary>
    public const string Probabilities = "probabilities";

    /// <summary>Of a segmentation graph: uint8 [N,H,W], the class of the highest probability.</summary>
    public const string Mask = "mask";

    /// <summary>Of an autoencoder's graph: float32 [N,C,H,W], 0 to 255.</summary>
    public const string Reconstruction = "reconstruction";

    /// <summary>Of a feature autoencoder's graph, in place of a reconstruction: float32 [N,1,H,W], at least 0.</summary>
    public const string Error = "error";

    /// <summary>Of an autoencoder's graph: float32 [N,L].</summary>
    public const string Latent = "latent";

    /// <summary>Of a classifier's graph: int64 [N], the class of the highest probability.</summary>
    public const string Label = "label";
}
