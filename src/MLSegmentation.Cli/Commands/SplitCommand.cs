using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary><c>mlseg split</c>: a data set in parts.</summary>
internal static class SplitCommand
{
    public static Command Create() =>
        new Command(
            "split", "Put images into parts to train with, to validate with and to test with: each has its share of every class, "
            + "and near copies stay together.")
            .Runs(SplitGroup.Create(), DataSplit.Run);
}
