using MLSegmentation.Images;

namespace MLSegmentation.Cli;

/// <summary>The file that a command leaves behind.</summary>
internal static class OutputFile
{
    /// <summary>Makes the file's folder and tries whether it can be written to: before the work, not after it.</summary>
    /// <exception cref="IOException">The path is a folder, or cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public static void Prepare(string path)
    {
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a folder, expected a file to write. Give a file name too, such as '{Path.Combine(path, "model.onnx")}'.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string probe = Path.Combine(folder, $".mlseg-{Environment.ProcessId}");
        File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
    }

    /// <summary>Writes the file beside its place and renames it.</summary>
    public static void Write(string path, ReadOnlyMemory<byte> content) => AtomicFile.Write(path, stream => stream.Write(content.Span));
}
