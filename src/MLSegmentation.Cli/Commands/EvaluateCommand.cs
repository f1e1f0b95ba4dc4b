using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg evaluate</c>: measures a model of either kind.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var command = new Command(
            "evaluate",
            "Measure a model on images: mean IoU with masks; for an autoencoder the mean error, or with masks how well it finds "
            + "defects.");
        OptionGroup<EvaluateOptions> group = EvaluateGroup.Create(out OptionGroup<EvaluateOptions> measuresEveryModel);
        OptionGroup<SegmentationOptions> scoring = new()
        {
            { ScoringGroup.Create(out OptionGroup<ImageModelOptions> ofEveryModel), options => options, (_, changed) => changed },
            {
                PostprocessingGroup.MinRegion(),
                options => options.MinRegionPixels,
                (options, value) => options with { MinRegionPixels = value }
            },
        };
        group.AddTo(command);
        scoring.AddTo(command);
        return command.Runs((result, cancellation) =>
        {
            EvaluateOptions options = group.Apply(result, new EvaluateOptions());
            ModelArgument model = ModelArgument.Find(options.Model);
            string task = model.Source.Info.Metadata.Task;
            if (task == ModelTasks.Classification)
            {
                throw new UsageException(
                    $"The model '{options.Model}' gives the whole image a class, expected one that segments, or an autoencoder. "
                    + "Score it in code, with ClassifyImage.");
            }
            if (task != ModelTasks.Reconstruction)
            {
                var segmenter = (SegmentImageOptions)scoring.Apply(result, model.OptionsOfTransform());
                segmenter = ModelClasses.Name(segmenter, options.ClassFile, options.Ignore, model.Source.Info);
                SegmentationEvaluation.Run(options, model.Source, segmenter, cancellation);
                return;
            }
            IEnumerable<string> allowed = measuresEveryModel.Given(result).Concat(ofEveryModel.Given(result));
            RequireNone(options.Model, group.Given(result).Concat(scoring.Given(result)).Except(allowed));
            ImageModelOptions autoencoder = ofEveryModel.Apply(result, model.OptionsOfAutoencoder());
            Action<EvaluateOptions, OnnxModelSource, ReconstructImageOptions, CancellationToken> run =
                !options.HasLabels ? AutoencoderEvaluation.Run : DefectEvaluation.Run;
            run(options, model.Source, (ReconstructImageOptions)autoencoder, cancellation);
        });
    }

    private static void RequireNone(string model, IEnumerable<string> ofSegmentation)
    {
        string given = string.Join(", ", ofSegmentation);
        if (given.Length > 0)
            throw new UsageException($"The model '{model}' is an autoencoder and knows no classes: leave {given} out.");
    }
}
