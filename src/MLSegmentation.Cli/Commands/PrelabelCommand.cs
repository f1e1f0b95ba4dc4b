using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg prelabel</c>: a model's masks as labels to correct.</summary>
internal static class PrelabelCommand
{
    public static Command Create()
    {
        var command = new Command(
            "prelabel",
            "Write what a model finds in images for an annotation tool, as outlines that people correct. The first class is not "
            + "outlined where it is called background.");
        OptionGroup<PrelabelOptions> group = PrelabelGroup.Create();
        group.AddTo(command);
        return command.Runs((result, cancellation) =>
        {
            ModelArgument model = ModelArgument.Find(result.GetRequiredValue<string>("--model"));
            PrelabelOptions options = group.Apply(result, new PrelabelOptions { Scoring = model.OptionsOfModel() });
            SegmentationModelOptions named = ModelClasses.Name(
                options.Scoring, options.ClassFile, ignore: null, model.Source.Info);
            Prelabelling.Run(options with { Scoring = named }, model.Source, cancellation);
        });
    }
}
