namespace MLSegmentation.Training;

/// <summary>A connection ended before the file did, in a way that may go better next time.</summary>
/// <param name="reason">What happened, as a clause: <c>the server answered 503</c>.</param>
/// <param name="inner">What the system said; null where nothing failed there.</param>
internal sealed class InterruptedDownloadException(string reason, Exception? inner = null) : Exception(reason, inner);
