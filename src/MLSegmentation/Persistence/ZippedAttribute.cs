using Microsoft.ML;

namespace MLSegmentation;

/// <summary>Says under what names a transformer is in a zip. ML.NET finds its loader by this attribute.</summary>
/// <param name="transformer">The transformer, which is <see cref="IZipped{TSelf}"/>.</param>
/// <param name="summary">What it does, in words.</param>
/// <param name="loader">The name of its loader in the zip, of at most 24 characters.</param>
/// <param name="signature">The eight letters that its entry in the zip begins with.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class ZippedAttribute(Type transformer, string summary, string loader, string signature)
    : LoadableClassAttributeBase(
        summary, transformer, typeof(ZipLoader<>).MakeGenericType(transformer), null, [typeof(SignatureLoadModel)], loader)
{
    public string Signature { get; } = signature;
}
