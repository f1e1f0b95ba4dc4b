using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms.Onnx;

namespace MLSegmentation.Tests;

/// <summary>What users see stays small, has names of its own, and is ordered as ML.NET's.</summary>
[TestClass]
public sealed class PublicSurfaceTest
{
    private const string Extensions = "Microsoft.ML";

    private static readonly string[] _namespaces =
    [
        "MLSegmentation", "MLSegmentation.Training", "MLSegmentation.Training.Layers", "MLSegmentation.Training.Networks",
        "MLSegmentation.Training.Onnx",
    ];

    // What programs of ML.NET, ONNX Runtime and TorchSharp import, and what implicit usings import.
    private static readonly string[] _besideOurs =
    [
        "Microsoft.ML", "Microsoft.ML.Data", "Microsoft.ML.Transforms", "Microsoft.ML.Transforms.Image",
        "Microsoft.ML.Transforms.Onnx", "Microsoft.ML.OnnxRuntime", "TorchSharp", "System", "System.IO", "System.Linq",
        "System.Collections.Generic", "System.Threading", "System.Threading.Tasks", "System.Net.Http",
    ];

    private static readonly Assembly[] _librariesBesideOurs =
    [
        typeof(MLContext).Assembly, typeof(IDataView).Assembly, typeof(TextLoader).Assembly,
        typeof(ImageLoadingEstimator).Assembly, typeof(OnnxScoringEstimator).Assembly, typeof(InferenceSession).Assembly,
        typeof(TorchSharp.torch).Assembly, typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(Stack<>).Assembly,
        typeof(Barrier).Assembly, typeof(Parallel).Assembly,
        typeof(System.Net.Http.HttpClient).Assembly,
    ];

    [TestMethod]
    public void Namespaces_OfPublicTypes_AreFiveAndThatOfExtensions()
    {
        string[] found = [.. PublicSurface.Types.Select(type => type.Namespace!).Distinct()];

        CollectionAssert.AreEquivalent((string[])[Extensions, .. _namespaces], found);
    }

    [TestMethod]
    public void Types_InTheNamespaceOfMLNet_AreClassesOfExtensionsAlone()
    {
        foreach (Type type in PublicSurface.Types.Where(type => type.Namespace == Extensions))
        {
            Assert.IsTrue(type.IsAbstract && type.IsSealed, $"{type} is no static class.");
            Assert.IsTrue(type.IsDefined(typeof(ExtensionAttribute)), $"{type} has no extensions.");
        }
    }

    [TestMethod]
    public void TypeNames_OfBothPackages_StandOnce()
    {
        string[] twice = [.. PublicSurface.Types
            .Where(type => !type.IsNested).GroupBy(type => type.Name).Where(same => same.Count() > 1).Select(same => same.Key)];

        Assert.IsEmpty(twice, string.Join(", ", twice));
    }

    [TestMethod]
    public void TypeNames_OfBothPackages_AreNotThoseOfNamespacesBesideThem()
    {
        ILookup<string, Type> others = _librariesBesideOurs.Distinct().SelectMany(library => library.GetExportedTypes())
            .Where(type => !type.IsNested && _besideOurs.Contains(type.Namespace)).ToLookup(type => type.Name);
        foreach (string name in _besideOurs)
            Assert.IsTrue(others.Any(same => same.Any(type => type.Namespace == name)), $"Nothing of {name} is looked at.");

        string[] same = [.. PublicSurface.Types
            .Where(type => others.Contains(type.Name)).Select(type => $"{type} and {others[type.Name].First()}")];

        Assert.IsEmpty(same, string.Join(Environment.NewLine, same));
    }

    [TestMethod]
    public void Transforms_WithInputAndOutputColumns_HaveTheOutputFirst()
    {
        string[] wrong = [.. PublicSurface.Methods.Where(method =>
        {
            string[] names = Names(method);
            int output = Array.IndexOf(names, "outputColumnName"), input = Array.IndexOf(names, "inputColumnName");
            int first = method.IsDefined(typeof(ExtensionAttribute)) ? 1 : 0;
            return input >= 0 && (output > input || output != first);
        }).Select(PublicSurface.Show)];

        Assert.IsEmpty(wrong, string.Join(Environment.NewLine, wrong));
    }

    [TestMethod]
    [DataRow(typeof(ImageReadingCatalog), nameof(ImageReadingCatalog.ReadImages), typeof(ImageEstimatorsCatalog), "LoadImages")]
    [DataRow(typeof(ImageModelsCatalog), nameof(ImageModelsCatalog.SegmentImage), typeof(OnnxCatalog), "ApplyOnnxModel")]
    [DataRow(typeof(ImageModelsCatalog), nameof(ImageModelsCatalog.ReconstructImage), typeof(OnnxCatalog), "ApplyOnnxModel")]
    [DataRow(typeof(ImageModelsCatalog), nameof(ImageModelsCatalog.ClassifyImage), typeof(OnnxCatalog), "ApplyOnnxModel")]
    public void Transforms_WithACounterpartInMLNet_HaveItsArgumentsInItsOrder(
        Type catalog, string transform, Type theirCatalog, string counterpart)
    {
        string[] ours = Names(catalog.GetMethods().First(method => method.Name == transform))[1..4];
        string[][] theirs = [.. theirCatalog.GetMethods().Where(method => method.Name == counterpart).Select(Names)];

        Assert.IsTrue(
            theirs.Any(names => names.Length >= 4 && names[1..4].SequenceEqual(ours)),
            $"{string.Join(", ", ours)} is the order of no {counterpart}.");
    }

    [TestMethod]
    public void Sizes_OfImages_HaveTheWidthFirst()
    {
        string[] wrong = [.. PublicSurface.Methods.Where(method =>
        {
            string[] names = Names(method);
            int width = Array.FindIndex(names, name => name.EndsWith("width", StringComparison.OrdinalIgnoreCase));
            int height = Array.FindIndex(names, name => name.EndsWith("height", StringComparison.OrdinalIgnoreCase));
            return height >= 0 && width != height - 1;
        }).Select(PublicSurface.Show)];

        Assert.IsEmpty(wrong, string.Join(Environment.NewLine, wrong));
    }

    [TestMethod]
    public void Parameters_CalledOptions_AreOfTypesNamedOptions()
    {
        string[] wrong = [.. PublicSurface.Methods
            .Where(method => method.GetParameters().Any(parameter =>
                parameter.Name == "options" && !parameter.ParameterType.Name.EndsWith("Options", StringComparison.Ordinal)))
            .Select(PublicSurface.Show)];

        Assert.IsEmpty(wrong, string.Join(Environment.NewLine, wrong));
    }

    private static string[] Names(MethodBase method) => [.. method.GetParameters().Select(parameter => parameter.Name!)];
}
