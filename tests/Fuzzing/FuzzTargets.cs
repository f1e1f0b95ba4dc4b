using Fuzzing.Annotations;
using Fuzzing.Images;
using Fuzzing.Models;
using Fuzzing.Texts;
using Fuzzing.Weights;

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
        new MaskTarget(),
        new IdxTarget(),
        new WeightTarget("torch-zip", WeightGenerator.TorchZip, mutatedPercent: 25),
        new WeightTarget("torch-legacy", WeightGenerator.TorchLegacy, mutatedPercent: 25),
        new WeightTarget("safetensors", WeightGenerator.Safetensors, mutatedPercent: 15),
        new WeightTarget("hdf5", WeightGenerator.Hdf, mutatedPercent: 95),
        new WeightTarget("onnx-weights", WeightGenerator.Onnx, mutatedPercent: 60),
        new CheckpointTarget(),
        new OnnxTarget(),
        new AdoptTarget(),
        new OutsideTarget(),
        new ZipTarget(),
        Tables.Split,
        Tables.Classes,
        Tables.Matrix,
        Descriptions.HuggingFace,
        Descriptions.Ultralytics,
        new AnnotationTarget("coco", "a.json", "a.json", AnnotationGenerator.Coco),
        new AnnotationTarget("labelme", "a.json", "a.json", AnnotationGenerator.LabelMe),
        new AnnotationTarget("cvat", "annotations.xml", "annotations.xml", AnnotationGenerator.Cvat),
        new AnnotationTarget("yolo", "labels/a.txt", "data.yaml", AnnotationGenerator.Yolo),
        new AnnotationTarget("label-studio", "a.json", "a.json", AnnotationGenerator.LabelStudio),
        new AnnotationTarget("via", "a.json", "a.json", AnnotationGenerator.Via),
        new AnnotationTarget("supervisely", "ds/ann/a.png.json", "", AnnotationGenerator.Supervisely),
    ];

    public static FuzzTarget Find(string name) => All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException(
            $"There is no target '{name}', expected one of {string.Join(", ", All.Select(target => target.Name))}.");
}
