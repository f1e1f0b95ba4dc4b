using System.CommandLine;
using MLSegmentation.Training;
using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg adopt</c>: makes a model from elsewhere one that describes itself.</summary>
internal static class AdoptCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The model, an .onnx file, or an ML.NET zip with one in it." };
        OptionGroup<AdoptOptions> group = AdoptGroup.Create();
        var command = new Command(
            "adopt",
            "Make a segmentation model from elsewhere what a training writes: it prepares pixels itself, answers probabilities "
            + "and a mask, and needs no option again. A synthetic image must have the same mask as before, or nothing is "
            + "written.")
        {
            file,
        };
        group.AddTo(command);
        return command.Runs((result, cancellation) =>
        {
            string path = result.GetRequiredValue(file);
            ModelArgument model = ModelArgument.Find(path);
            AdoptOptions options = group.Apply(result, new AdoptOptions { Scoring = model.OptionsOfModel() });
            Run(path, model.Source, options, cancellation);
        });
    }

    private static void Run(string path, OnnxModelSource source, AdoptOptions options, CancellationToken cancellation)
    {
        ModelTraining.RequireRoom(options.Out, options.Overwrites);
        AtomicFile.Prepare(options.Out);
        SegmentationModelOptions scoring = ModelClasses.Name(options.Scoring, options.ClassFile, ignore: null, source.Info);
        byte[] adopted = SegmentationAdopter.Adopt(
            source, scoring, Path.GetFileNameWithoutExtension(path), cancellation, out AdoptedModel before);
        OnnxModelInfo after = OnnxModelInfo.FromBytes(adopted, OnnxModelFile.Name(options.Out));
        AtomicFile.Write(options.Out, file => file.Write(adopted));
        var report = new AdoptionReport(source.Info, before, after, options.Out, adopted.Length);
        if (options.IsJson) JsonOutput.Write(report.ToJson());
        else report.Print();
    }
}
