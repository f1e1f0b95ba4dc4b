namespace MLSegmentation.Training;

/// <summary>Collects the choices of a plan.</summary>
internal sealed class ChoiceTable
{
    private const string Given = "given";
    private readonly List<PlannedChoice> _choices = [];

    /// <summary>The plan so far.</summary>
    public TrainingPlan Plan => new([.. _choices]) { StepTime = StepTime };

    /// <summary>The time of a step as it was measured.</summary>
    public TimeSpan StepTime { get; set; }

    /// <summary>Adds a choice, or puts it in the place of an earlier one of the same name.</summary>
    /// <param name="name">What is chosen.</param>
    /// <param name="value">What it came to.</param>
    /// <param name="why">Why; null where the options say it.</param>
    /// <param name="isOfMachine">Whether it depends on the machine.</param>
    public void Add(string name, string value, string? why, bool isOfMachine = false)
    {
        var choice = new PlannedChoice(name, value, why ?? Given) { IsOfMachine = isOfMachine && why is not null };
        int place = _choices.FindIndex(one => one.Name == name);
        if (place < 0) _choices.Add(choice);
        else _choices[place] = choice;
    }
}
