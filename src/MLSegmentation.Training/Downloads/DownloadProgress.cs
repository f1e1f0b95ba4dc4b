namespace MLSegmentation.Training;

/// <summary>Where a download stands, reported whenever bytes have arrived.</summary>
/// <param name="Bytes">Bytes on this machine, those of earlier runs included.</param>
/// <param name="Total">The length of the whole file in bytes.</param>
/// <param name="BytesPerSecond">Bytes a second, since this run began.</param>
/// <param name="Attempt">The connection that brings them, from 1.</param>
internal sealed record DownloadProgress(long Bytes, long Total, double BytesPerSecond, int Attempt);
