using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg segment</c>: writes a mask for each image.</summary>
internal static class SegmentCommand
{
    public static Command Create()
    {
        var command = new Command(
            "segment",
            "Write the mask of each image as NAME.png: an indexed PNG whose values are class numbers, 255 where there is no "
            + "class. From 256 classes on it has 16 bits, and 65535 is no class.");
        OptionGroup<SegmentOptions> group = SegmentGroup.Create();
        group.AddTo(command);
        return command.Runs((result, cancellation) =>
        {
            ModelArgument model = ModelArgument.Find(result.GetRequiredValue<string>("--model"));
            SegmentOptions options = group.Apply(result, new SegmentOptions { Scoring = model.OptionsOfModel() });
            SegmentationModelOptions named = ModelClasses.Name(
                options.Scoring, options.ClassFile, ignore: null, model.Source.Info);
            FolderSegmentation.Run(options with { Scoring = named }, model.Source, cancellation);
        });
    }
}
