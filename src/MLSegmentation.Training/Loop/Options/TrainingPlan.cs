namespace MLSegmentation.Training;

/// <summary>
/// What a training is to be, decided from the images and the machine before it begins. Options that are given are kept. The idea
/// is that of nnU-Net (Isensee et al. 2021, section "Rule-based parameters"): a fingerprint of the data, and rules.
/// </summary>
/// <param name="Choices">The choices, in the order of the table.</param>
public sealed record TrainingPlan(IReadOnlyList<PlannedChoice> Choices)
{
    private const string Machine = " (machine)";

    /// <summary>The time of a step as it was measured.</summary>
    internal TimeSpan StepTime { get; init; }

    /// <summary>
    /// A table with a line for each choice: its name, its value, and why. What depends on the machine is marked.
    /// </summary>
    public override string ToString()
    {
        (string Name, string Value, string Why)[] rows =
        [
            ("choice", "value", "why"),
            .. Choices.Select(one => (one.Name, one.Value, one.IsOfMachine ? one.Why + Machine : one.Why)),
        ];
        int name = rows.Max(row => row.Name.Length), value = rows.Max(row => row.Value.Length);
        return string.Join(
            Environment.NewLine, rows.Select(row => $"{row.Name.PadRight(name)}  {row.Value.PadRight(value)}  {row.Why}"));
    }
}
