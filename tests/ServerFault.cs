namespace MLSegmentation.Tests;

/// <summary>How a <see cref="LoopbackFileServer"/> misbehaves in one request; without anything set it does not.</summary>
internal sealed record ServerFault
{
    /// <summary>Answers with this status and no body.</summary>
    public int? Status { get; init; }

    /// <summary>Ends the connection after so many bytes of the body.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Sends nothing more after so many bytes of the body, and leaves the connection open.</summary>
    public int? StallAfter { get; init; }
}
