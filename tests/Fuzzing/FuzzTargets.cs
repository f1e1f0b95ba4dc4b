using Fuzzing.Images;

namespace Fuzzing;

/// <summary>All targets.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new ImageTarget("png", PngGenerator.Make),
        new ImageTarget("jpeg", JpegGenerator.Make),
        new ImageTarget("gif", GifGenerator.Make),
        new ImageTarget("bmp", BmpGenerator.Make),
        new ImageTarget("webp", WebpGenerator.Make),
        new ImageTarget("tiff", TiffGenerator.Make),
    ];

    public static FuzzTarget Find(string name) => All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"There is no target '{name}', expected one of {string.Join(", ", All.Select(target => target.Name))}.");
}
