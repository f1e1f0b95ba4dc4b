using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

/// <summary>An error about an argument of a catalog's method names the argument as the caller wrote it.</summary>
[TestClass]
public sealed class CatalogArgumentsTest
{
    private const BindingFlags Declared = BindingFlags.Public
        | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly MLContext _ml = new(1);
    private static readonly NullabilityInfoContext _nullability = new();
    private static readonly IDataView _data = _ml.Data.LoadFromEnumerable([new Row()]);
    private static readonly SegmentationEvaluationOptions _boundariesOfNothing =
        new() { Boundaries = true, ImageColumnName = "Missing" };
    private static readonly IEstimator<ITransformer> _copy = _ml.Transforms.CopyColumns("Other", "Mask");

    // What a caller writes that is wrong, and the name of the parameter.
    private static readonly (Action Call, string Parameter)[] _mistakes =
    [
        (() => _ml.Segmentation.Evaluate(_data, "Missing", "Mask"), "labelColumnName"),
        (() => _ml.Segmentation.Evaluate(_data, "Mask", "Missing"), "predictedLabelColumnName"),
        (() => _ml.Segmentation.Evaluate(_data, "Name", "Mask"), "labelColumnName"),
        (() => _ml.Segmentation.Evaluate(_data, "Mask", "Name"), "predictedLabelColumnName"),
        (() => _ml.Segmentation.Evaluate(_data, "Mask", "Mask", new() { BootstrapResamples = -1 }), "options"),
        (() => _ml.Segmentation.Evaluate(_data, "Mask", "Mask", new() { ConfidenceColumnName = "Name" }), "options"),
        (() => _ml.Segmentation.Evaluate(_data, "Mask", "Mask", new() { BoundaryWidth = 0 }), "options"),
        (() => _ml.Segmentation.Evaluate(_data, "Mask", "Mask", _boundariesOfNothing), "options"),
        (() => _ml.Segmentation.CrossValidate(_data, _copy, 1), "numberOfFolds"),
        (() => _ml.Segmentation.CrossValidate(_data, _copy, samplingKeyColumnName: "Missing"), "samplingKeyColumnName"),
        (() => _ml.Data.LoadImageFolder(".", splitFile: "split.csv"), "part"),
    ];

    public static IEnumerable<object[]> Methods() =>
        from type in new[]
        {
            typeof(ImageModelsCatalog), typeof(ImageReadingCatalog), typeof(MaskTransformsCatalog),
            typeof(SegmentationDataCatalog), typeof(SegmentationCatalog),
        }
        from method in type.GetMethods(Declared)
        select new object[] { method };

    [TestMethod]
    [DynamicData(nameof(Methods))]
    public void Method_WithoutAnArgument_NamesIt(MethodInfo method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        foreach (ParameterInfo missing in parameters.Where(parameter => IsNeeded(parameter) && !parameter.HasDefaultValue))
        {
            object?[] arguments = [.. parameters.Select(parameter => parameter == missing ? null : Argument(parameter))];
            object? catalog = method.IsStatic ? null : _ml.Segmentation;
            var error = Assert.Throws<TargetInvocationException>(() => method.Invoke(catalog, arguments), $"{missing}");

            Assert.IsInstanceOfType<ArgumentNullException>(error.InnerException, $"{missing}");
            Assert.AreEqual(missing.Name, ((ArgumentNullException)error.InnerException).ParamName);
        }
    }

    [TestMethod]
    public void Method_WithAnArgumentOutOfRange_NamesIt()
    {
        foreach ((Action call, string parameter) in _mistakes)
        {
            var error = Assert.Throws<ArgumentException>(call, parameter);

            Assert.AreEqual(parameter, error.ParamName, error.Message);
        }
    }

    private static bool IsNeeded(ParameterInfo parameter) =>
        !parameter.ParameterType.IsValueType && _nullability.Create(parameter).WriteState == NullabilityState.NotNull;

    private static object? Argument(ParameterInfo parameter) => parameter switch
    {
        { HasDefaultValue: true } => parameter.DefaultValue,
        { ParameterType.IsValueType: true } => Activator.CreateInstance(parameter.ParameterType),
        _ when parameter.ParameterType == typeof(TransformsCatalog) => _ml.Transforms,
        _ when parameter.ParameterType == typeof(DataOperationsCatalog) => _ml.Data,
        _ when parameter.ParameterType == typeof(IDataView) => _data,
        _ when parameter.ParameterType == typeof(PostprocessMaskOptions) => new PostprocessMaskOptions(),
        _ when parameter.ParameterType == typeof(byte[]) => TestGraphs.BrightestChannel(),
        _ when parameter.ParameterType == typeof(IReadOnlyList<string>) => (string[])["a"],
        _ when parameter.ParameterType == typeof(IEstimator<ITransformer>) => _copy,
        _ => "any",
    };

    private sealed class Row
    {
        public string Name { get; set; } = "";

        [KeyType(3)]
        public uint[] Mask { get; set; } = [1, 2, 3, 0];
    }
}
