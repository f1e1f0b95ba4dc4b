namespace MLSegmentation;

/// <summary>The values of <see cref="ImageModelMetadata.Task"/>.</summary>
internal static class ModelTasks
{
    /// <summary>The graph gives each pixel a class.</summary>
    public const string Segmentation = "segmentation";

    /// <summary>The graph gives the image back through a narrow code.</summary>
    public const string Reconstruction = "reconstruction";

    /// <summary>The graph gives the whole image a class.</summary>
    public const string Classification = "classification";
}
