using System.Collections;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;

namespace MLSegmentation.Cli;

/// <summary>
/// Options of the command line that end in one record. Each is declared in one place: what it is called, what help says,
/// which values it takes, and the property that it sets.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class OptionGroup<T> : IEnumerable<OptionTarget<T>>
{
    private readonly List<OptionTarget<T>> _targets = [];
    private readonly List<Func<CommandResult, string?>> _rules = [];

    /// <summary>Adds an option.</summary>
    /// <param name="option">
    /// The option; its value is applied where it is given, so that a default in its help is to be the record's own.
    /// </param>
    /// <param name="read">Where the record has the value.</param>
    /// <param name="apply">The record with another value.</param>
    /// <param name="property">The code of <paramref name="read"/>, of which the compiler tells.</param>
    public void Add<TValue>(
        Option<TValue> option, Func<T, object?> read, Func<T, TValue, T> apply,
        [CallerArgumentExpression(nameof(read))] string property = "") =>
        _targets.Add(new OptionTarget<T>(
            option, PropertyPath.Of(property), read, (result, options) => apply(options, result.GetValue(option)!)));

    /// <summary>Adds the options of a part of the record.</summary>
    /// <param name="part">The options.</param>
    /// <param name="read">Where the record has the part.</param>
    /// <param name="apply">The record with another part.</param>
    /// <param name="property">The code of <paramref name="read"/>, of which the compiler tells.</param>
    public void Add<TPart>(
        OptionGroup<TPart> part, Func<T, TPart> read, Func<T, TPart, T> apply,
        [CallerArgumentExpression(nameof(read))] string property = "")
    {
        _targets.AddRange(part._targets.Select(target => new OptionTarget<T>(
            target.Option,
            PropertyPath.Join(PropertyPath.Of(property), target.Property),
            options => target.Read(read(options)),
            (result, options) => apply(options, target.Apply(result, read(options))))));
        _rules.AddRange(part._rules);
    }

    /// <summary>Refuses command lines whose options do not fit each other.</summary>
    /// <param name="problem">What is wrong with one; null where nothing is.</param>
    public void Add(Func<CommandResult, string?> problem) => _rules.Add(problem);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (OptionTarget<T> target in _targets) command.Add(target.Option);
        foreach (Func<CommandResult, string?> rule in _rules)
        {
            command.Validators.Add(result =>
            {
                if (rule(result) is { } problem) result.AddError(problem);
            });
        }
    }

    /// <summary>The record with the values that the command line gives; what it does not give stays.</summary>
    public T Apply(ParseResult result, T options) =>
        _targets.Where(target => result.Gives(target.Option)).Aggregate(options, (so, target) => target.Apply(result, so));

    /// <summary>The names of those that the command line gives.</summary>
    public IEnumerable<string> Given(ParseResult result) =>
        _targets.Select(target => target.Option).Where(result.Gives).Select(option => option.Name);

    /// <inheritdoc/>
    public IEnumerator<OptionTarget<T>> GetEnumerator() => _targets.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
