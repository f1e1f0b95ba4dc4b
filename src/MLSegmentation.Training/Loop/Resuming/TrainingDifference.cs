namespace MLSegmentation.Training;

/// <summary>What a checkpoint notes of its training and is otherwise in the one that resumes it.</summary>
/// <param name="Name">An option, such as <c>LearningRate</c> or <c>Loss.Dice</c>, or what network and data came to.</param>
/// <param name="Was">Its value in the checkpoint.</param>
/// <param name="Is">Its value now.</param>
internal sealed record TrainingDifference(string Name, string Was, string Is)
{
    /// <summary>What becomes of it.</summary>
    public ResumeRule Rule => ResumeRules.Of(Name);

    /// <summary><c>LearningRate was 0.002, is 0.001</c>.</summary>
    public override string ToString() => $"{Name} was {PrintableText.Of(Was)}, is {Is}";
}
