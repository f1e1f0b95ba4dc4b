using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg review</c>: which labels are probably wrong, and which are missed most.</summary>
internal static class ReviewCommand
{
    public static Command Create()
    {
        var command = new Command(
            "review", "Rank labels by how likely they are wrong, and images without one by how much it would teach a model.");
        OptionGroup<ReviewOptions> group = ReviewGroup.Create();
        group.AddTo(command);
        return command.Runs((result, cancellation) =>
        {
            SegmentationModelOptions scoring = ReviewModels.OptionsOf(result.GetRequiredValue<string>("--model"));
            DataReview.Run(group.Apply(result, new ReviewOptions { Scoring = scoring }), cancellation);
        });
    }
}
