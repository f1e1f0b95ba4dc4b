namespace MLSegmentation.Training;

/// <summary>A file of trained weights that somebody published, and how to know it.</summary>
internal sealed record PublishedWeights
{
    /// <summary>What it is asked for by, such as <c>vgg16</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The encoder that it is for, such as <c>vgg16</c> or <c>resnet20</c>: the last part of a network's name.</summary>
    public required string Encoder { get; init; }

    /// <summary>Who published it and what it holds, on one line.</summary>
    public required string Description { get; init; }

    /// <summary>Its name in the cache, the publisher's own; a name without folders.</summary>
    public required string FileName { get; init; }

    /// <summary>Where its publisher offers it; null where it comes in a <see cref="Package"/>.</summary>
    public Uri? Url { get; init; }

    /// <summary>The package that it comes in; null where it has a <see cref="Url"/>.</summary>
    public PackagedFile? Package { get; init; }

    /// <summary>Its length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The SHA-256 of its content: 64 hexadecimal digits in lower case.</summary>
    public required string Sha256 { get; init; }
}
