namespace MLSegmentation.Training;

/// <summary>
/// The loss of a training that collapsed: Dice is flat where a class is given to no pixel, and cross-entropy is not, least of all
/// where rare classes count more. What the user gave stays as it is.
/// </summary>
/// <param name="IsTaken">Whether the training may take it: a planned one may.</param>
/// <param name="ClassWeights">A factor for each class.</param>
/// <param name="Loss">The factors of the losses.</param>
/// <param name="Changes">What becomes other than it was, to read after "from here on".</param>
/// <param name="Kept">A sentence of what stays because it was given; empty for nothing.</param>
internal sealed record CollapseRemedy(
    bool IsTaken, float[] ClassWeights, SegmentationLossOptions Loss, string Changes, string Kept)
{
    private const double MostDice = 0.3;

    /// <summary>The remedy of a training.</summary>
    /// <param name="asked">The loss as it was given, with what was left open.</param>
    /// <param name="used">The loss in use.</param>
    /// <param name="weights">The weights in use.</param>
    /// <param name="frequencies">The pixels of the classes.</param>
    /// <param name="isTaken">Whether the training may take it.</param>
    public static CollapseRemedy Of(
        SegmentationLossOptions asked, SegmentationLossOptions used, float[] weights, ClassFrequencies frequencies, bool isTaken)
    {
        const string Rate = "the learning rate is half", Weighting = "classes are weighted by median frequency",
            Overlap = "Dice counts at most 0.3 beside cross-entropy";
        bool keepsWeights = asked.ClassWeights is not null || asked.ClassWeighting is not null;

        // Who leaves Dice open, and cross-entropy in, said nothing of the loss.
        bool keepsLoss = asked.Dice is not null || asked.CrossEntropy != 1;
        string[] changes = [Rate, .. keepsWeights ? [] : (string[])[Weighting], .. keepsLoss ? [] : (string[])[Overlap]];
        string[] kept =
        [
            .. keepsWeights ? (string[])[$"class weights ({Weighting} by the remedy)"] : [],
            .. keepsLoss ? (string[])[$"loss ({Overlap} by the remedy)"] : [],
        ];
        return new CollapseRemedy(
            isTaken,
            keepsWeights ? weights : frequencies.Weights(ClassWeighting.MedianFrequency),
            keepsLoss ? used : used with { Dice = Math.Min(used.Dice ?? 1, MostDice) },
            string.Join(", ", changes),
            kept.Length == 0 ? "" : $" Kept as given: {string.Join(" and ", kept)}.");
    }
}
