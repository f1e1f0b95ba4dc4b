using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg review</c>: which labels are probably wrong, and which are missed most.</summary>
internal static class ReviewCommand
{
    public static Command Create() =>
        new Command(
            "review", "Rank labels by how likely they are wrong, and images without one by how much it would teach a model.")
            .Runs(ReviewGroup.Create(), DataReview.Run);
}
