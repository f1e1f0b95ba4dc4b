// One model from elsewhere, from its file to a mask, an overlay, and a zip that needs none of its options again.
using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation;

if (args.Length is < 2 or > 4)
{
    Console.Error.WriteLine(
        "usage: dotnet run -c Release --project pipelines/ForeignModel -- MODEL.onnx IMAGE [PREPARATION [SCORES]], such as "
        + "imagenet-rgb and Logits");
    return 2;
}
OnnxModelInfo info = OnnxModelInfo.FromFile(args[0]);
Console.WriteLine($"It takes {info.ImageInput} and answers {string.Join("; ", info.Outputs)}.");
Console.WriteLine(info.Preparation is { } found
    ? $"Pixels are prepared as {found}, says {info.PreparationSource}."
    : "How pixels are prepared it does not say: its training code does.");

// What the file says is left out; where it does not say it, opening the model is an error that names what to set.
var options = new SegmentImageOptions
{
    Preparation = args.Length > 2 ? ImagePreparation.Parse(args[2]) : null,
    Scores = args.Length > 3 ? Enum.Parse<ScoreKind>(args[3], ignoreCase: true) : null,
    OverlayColumnName = "Overlay",
};
var mlContext = new MLContext();
IDataView images = mlContext.Data.LoadFromEnumerable([new Source { Path = args[1] }]);
string output = Directory.CreateDirectory(Path.Combine("out", "foreign")).FullName,
    name = Path.Combine(output, Path.GetFileNameWithoutExtension(args[1]));
using (var model = mlContext.Transforms.ReadImages("Image", imageFolder: null, "Path")
    .Append(mlContext.Transforms.SegmentImage("Mask", "Image", args[0], options)).Fit(images))
{
    mlContext.Model.Save(model, images.Schema, $"{name}.zip");
}

using var loaded = (TransformerChain<ITransformer>)mlContext.Model.Load($"{name}.zip", out _);
SegmentImageOptions told = ((SegmentImageTransformer)loaded.LastTransformer).Options;
Segmented row = mlContext.Data.CreateEnumerable<Segmented>(loaded.Transform(images), reuseRowObject: false).Single();
using MLImage overlay = row.Overlay;
byte[] mask = [.. row.Mask.Select(key => (byte)(key - 1))];
PngWriter.WriteIndexed($"{name}_mask.png", mask, overlay.Width, overlay.Height, told.Palette!);
PngWriter.WriteRgb($"{name}_overlay.png", overlay);

foreach ((byte label, int count) in mask.CountBy(label => label).OrderByDescending(share => share.Value))
{
    string title = label < told.ClassNames!.Count ? told.ClassNames[label] : "no class";
    Console.WriteLine($"{title}: {(double)count / mask.Length:P1}");
}
Console.WriteLine($"The mask, the overlay and the zip, prepared as {told.Preparation}, are in {output}");
return 0;
