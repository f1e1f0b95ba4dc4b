namespace MLSegmentation.Cli;

/// <summary>A file for each image, beside its mask.</summary>
internal abstract class ImageFormat : OutputFormat
{
    /// <summary>What follows the image's name in the file's name.</summary>
    public abstract string Suffix { get; }

    /// <inheritdoc/>
    public sealed override string FileName => $"NAME{Suffix}";

    /// <summary>Whether the image itself is needed, in the size of its mask.</summary>
    public virtual bool NeedsImage => false;

    /// <summary>Whether the probabilities of the pixels' classes are needed.</summary>
    public virtual bool NeedsConfidence => false;

    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public abstract void Write(string path, ImageMask mask);
}
