using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>A session that was opened.</summary>
/// <param name="Session">The session.</param>
/// <param name="Provider">What it runs on; null where options of the application's own decided.</param>
/// <param name="RunsAtOnce">The most runs at the same time; null for any number.</param>
internal sealed record OpenedSession(InferenceSession Session, ExecutionProvider? Provider, int? RunsAtOnce);
