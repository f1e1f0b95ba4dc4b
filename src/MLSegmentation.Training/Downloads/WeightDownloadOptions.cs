namespace MLSegmentation.Training;

/// <summary>Options of <see cref="WeightDownload"/>.</summary>
internal sealed record WeightDownloadOptions
{
    /// <summary>
    /// Where to fetch the file from, such as a mirror. Default null: its publisher's address. The SHA-256 must be right
    /// either way.
    /// </summary>
    public Uri? Url { get; init; }

    /// <summary>
    /// How many times a connection that broke off is made again, each going on where the last ended. Default 5, at least 0.
    /// </summary>
    public int Retries { get; init; } = 5;

    /// <summary>The wait before the first retry; it doubles each time, up to 30 seconds. Default 1 second, at least 0.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing may arrive before a connection counts as broken off. Default 30 seconds, above 0.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Is told whenever bytes have arrived. Default null.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range, or the address is not one of http or https.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Retries);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StallTimeout, TimeSpan.Zero);
        if (Url is { } url && !IsHttp(url))
            throw new ArgumentException($"The address is '{url}', expected one with http:// or https://.", nameof(Url));
    }

    /// <summary>Whether files can be fetched from the address.</summary>
    internal static bool IsHttp(Uri url) => url is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
