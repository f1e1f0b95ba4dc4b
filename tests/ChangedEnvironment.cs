namespace MLSegmentation.Tests;

/// <summary>Environment variables of this process, and of those it starts, which are as before once this is disposed.</summary>
internal sealed class ChangedEnvironment : IDisposable
{
    private readonly (string Name, string? Value)[] _before;

    public ChangedEnvironment(params (string Name, string? Value)[] variables)
    {
        _before = [.. variables.Select(variable => (variable.Name, Environment.GetEnvironmentVariable(variable.Name)))];
        Set(variables);
    }

    public void Dispose() => Set(_before);

    private static void Set((string Name, string? Value)[] variables)
    {
        foreach (var (name, value) in variables) Environment.SetEnvironmentVariable(name, value);
    }
}
