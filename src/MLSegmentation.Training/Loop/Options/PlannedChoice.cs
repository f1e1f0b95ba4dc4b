namespace MLSegmentation.Training;

/// <summary>A choice of a training, and why it was made.</summary>
/// <param name="Name">What is chosen, such as <c>window</c>.</param>
/// <param name="Value">What it came to, such as <c>256x192</c>.</param>
/// <param name="Why">The measure and the rule behind it; <c>given</c> where the options say it.</param>
public sealed record PlannedChoice(string Name, string Value, string Why)
{
    /// <summary>Whether it depends on the machine, not on the images alone. Default false.</summary>
    public bool IsOfMachine { get; init; }
}
