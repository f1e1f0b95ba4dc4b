namespace MLSegmentation;

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Worth a look; training works and does what the data says.</summary>
    Warning,

    /// <summary>Training would fail, or learn something wrong.</summary>
    Error,
}
