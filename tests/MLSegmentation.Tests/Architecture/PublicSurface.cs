using System.Reflection;
using MLSegmentation.Training;

namespace MLSegmentation.Tests;

/// <summary>
/// What the two packages show: their public types and methods, without what the compiler makes for extension blocks.
/// </summary>
internal static class PublicSurface
{
    public static IReadOnlyList<Assembly> Assemblies { get; } =
        [typeof(SegmentImageTransformer).Assembly, typeof(SegmentationTrainer).Assembly];

    public static IReadOnlyList<Type> Types { get; } =
        [.. Assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => !type.FullName!.Contains('<'))];

    /// <summary>The constructors and methods that users write calls of: no accessors, operators or overrides.</summary>
    public static IEnumerable<MethodBase> Methods => Types.SelectMany(type => type
        .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .OfType<MethodBase>()
        .Where(method => (!method.IsSpecialName || method.IsConstructor) && !IsOverride(method)));

    /// <summary>Such as <c>UNet.Create(encoder, classes, channels)</c>.</summary>
    public static string Show(MethodBase method) =>
        $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(one => one.Name))})";

    private static bool IsOverride(MethodBase method) => method is MethodInfo one && one.GetBaseDefinition() != one;
}
