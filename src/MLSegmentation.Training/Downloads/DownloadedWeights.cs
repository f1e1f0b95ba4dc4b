namespace MLSegmentation.Training;

/// <summary>A weight file that is in its place and has the right content.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="BytesReceived">The bytes that had to be fetched now; 0 where the file was there already.</param>
internal sealed record DownloadedWeights(string Path, long BytesReceived);
