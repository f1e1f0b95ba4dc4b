using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Training;

/// <summary>
/// What a training is known by, in texts: every option that <see cref="ResumeRules"/> does not leave free, and what network and
/// data came to.
/// </summary>
internal sealed class TrainingRecord
{
    private const string MetadataName = "training", NotSet = "not set";

    /// <summary>What versions before the record noted, and under which name it is compared.</summary>
    private static readonly (string Old, string Name)[] _noted =
    [
        ("network", ResumeRules.Network), ("images", ResumeRules.Images), ("seed", nameof(TrainerOptions.Seed)),
        ("optimizer", nameof(TrainerOptions.Optimizer)),
        ("batch size", nameof(TrainerOptions.BatchSize)), ("gradient accumulation", nameof(TrainerOptions.GradientAccumulation)),
        ("best weights kept", nameof(TrainerOptions.RestoreBestWeights)),
    ];

    private readonly Dictionary<string, string> _values;

    private TrainingRecord(Dictionary<string, string> values) => _values = values;

    /// <summary>What is noted.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>All that is noted, with its name.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>What is noted under a name; null for nothing.</summary>
    public string? this[string name] => _values.TryGetValue(name, out string? value) && value != NotSet ? value : null;

    /// <summary>Whether a version wrote it that noted only a little.</summary>
    public bool IsPartial { get; private init; }

    /// <summary>How long the training is.</summary>
    public TrainingDuration Duration =>
        _values.TryGetValue(nameof(TrainerOptions.TimeBudget), out string? budget) && budget != NotSet
            ? TrainingDuration.OfTime(TimeSpan.ParseExact(budget, "c", CultureInfo.InvariantCulture))
            : TrainingDuration.OfEpochs(int.Parse(_values[nameof(TrainerOptions.Epochs)], CultureInfo.InvariantCulture));

    /// <summary>The record of a training.</summary>
    /// <param name="options">Its options, with the number of epochs where no time is given.</param>
    /// <param name="facts">
    /// What network and data came to, by the names of <see cref="ResumeRules"/>; they go before options of their name.
    /// </param>
    public static TrainingRecord Of(TrainerOptions options, IEnumerable<(string Name, string Value)> facts)
    {
        var values = new Dictionary<string, string>();
        var bound = Properties(options.WithDefaults()).Where(one => ResumeRules.Of(one.Name) != ResumeRule.Free);
        foreach (var (name, value) in bound)
            Add(values, name, value);
        if (options.TimeBudget is not null) values[nameof(TrainerOptions.Epochs)] = NotSet;
        foreach (var (name, value) in facts) values[name] = value;
        return new TrainingRecord(values);
    }

    /// <summary>The record in a checkpoint's texts, or the little that a version before records noted.</summary>
    /// <exception cref="JsonException">It is no record.</exception>
    /// <exception cref="KeyNotFoundException">Nothing was noted.</exception>
    public static TrainingRecord Read(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.TryGetValue(MetadataName, out string? record))
        {
            return new TrainingRecord(
                JsonSerializer.Deserialize<Dictionary<string, string>>(record) ?? throw new JsonException("the record is null"));
        }
        var values = _noted.ToDictionary(one => one.Name, one => metadata[one.Old]);
        bool isTime = !metadata["duration"].EndsWith(" epochs", StringComparison.Ordinal);
        values[nameof(TrainerOptions.TimeBudget)] = isTime ? metadata["duration"] : NotSet;
        values[nameof(TrainerOptions.Epochs)] = isTime ? NotSet : metadata["duration"].Split(' ')[0];
        return new TrainingRecord(values) { IsPartial = true };
    }

    /// <summary>Adds the record to a checkpoint's texts.</summary>
    public void Write(Dictionary<string, string> metadata) => metadata.Add(MetadataName, JsonSerializer.Serialize(_values));

    /// <summary>What is another in a training that goes on from this one; what either of them does not note is none.</summary>
    public IReadOnlyList<TrainingDifference> DifferencesIn(TrainingRecord resumed) =>
        [.. from one in resumed._values where _values.TryGetValue(one.Key, out string? was) && was != one.Value
            select new TrainingDifference(one.Key, _values[one.Key], one.Value)];

    private static IEnumerable<(string Name, object? Value)> Properties(object options) =>
        options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property.Name, property.GetValue(options)));

    private static void Add(Dictionary<string, string> values, string name, object? value)
    {
        if (value is LearningRateSchedule) values.Add(name, value.GetType().Name);
        if (value is not (LearningRateSchedule or SegmentationLossOptions or AugmentationOptions)) values.Add(name, Text(value));
        else foreach (var (part, inner) in Properties(value)) Add(values, $"{name}.{part}", inner);
    }

    private static string Text(object? value) => value switch
    {
        null => NotSet,
        Encoder encoder => encoder.Describe(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable numbers and not string => string.Join(", ", numbers.Cast<object>().Select(Text)),
        _ => value.ToString()!,
    };
}
