using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>
/// Declares a property of type <see cref="MLImage"/> in a row class as an image column of no promised size. So each row can hold
/// an image of its own size. ML.NET's <see cref="ImageTypeAttribute"/> always states one.
/// </summary>
/// <example><code>class Photo { [AnySizeImage] public MLImage Image { get; set; } }</code></example>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class AnySizeImageAttribute : DataViewTypeAttribute
{
    /// <summary>Called by ML.NET when it meets the attribute.</summary>
    public override void Register() => DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage), this);

    /// <summary>Whether the other is this attribute too: it has no parameters.</summary>
    public override bool Equals(DataViewTypeAttribute? other) => other is AnySizeImageAttribute;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AnySizeImageAttribute;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(AnySizeImageAttribute).GetHashCode();
}
