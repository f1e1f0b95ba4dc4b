using System.Diagnostics;
using System.Security.Cryptography;

namespace MLSegmentation.Training;

/// <summary>Fetches weight files. A file gets its name only after its SHA-256 was found right.</summary>
/// <remarks>
/// What has arrived is kept beside the file's place, with <c>.part</c> after its name, and the next run goes on from there.
/// An empty <c>.lock</c> file keeps two downloads of one file apart. It stays: deleting it would let a third one in.
/// </remarks>
internal static class WeightDownload
{
    /// <summary>What stands after the name of a file that has arrived in part.</summary>
    internal const string PartSuffix = ".part";

    private const int CopyLength = 1 << 20;

    private const string AnotherFolder = $"Set {CacheFolder.Variable} to a folder that can be written to.";

    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(30);

    /// <summary>Brings a file into a folder, unless it is there.</summary>
    /// <param name="file">What to fetch, usually of the <see cref="WeightCatalogue"/>.</param>
    /// <param name="folder">Where to, usually <see cref="WeightCache.Folder"/>; made where it is missing.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Stops it; what has arrived is kept for the next run.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">What arrived has another length or SHA-256; it is deleted.</exception>
    /// <exception cref="IOException">
    /// The folder cannot be made; the server cannot be reached, has no such file or broke off too often; the disk is full; or
    /// another download of the file is running.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Task<DownloadedWeights> GetAsync(
        PublishedWeights file, string folder, WeightDownloadOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        options ??= new WeightDownloadOptions();
        options.Check();
        Uri url = options.Url ?? file.Url ?? throw new ArgumentException(
            $"{file.FileName} comes in a package and has no address of its own; give one.", nameof(options));
        return PutAsync(file, folder, $"{url}", part => FillAsync(part, file, url, options, cancellation), cancellation);
    }

    /// <summary>Copies a file into a folder from a stream that has it whole, unless it is there.</summary>
    /// <param name="file">What is copied.</param>
    /// <param name="folder">Where to; made where it is missing.</param>
    /// <param name="source">What errors call the stream, such as a path.</param>
    /// <param name="open">Opens the stream.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidDataException">What the stream has is of another length or SHA-256; it is deleted.</exception>
    /// <exception cref="IOException">As for <see cref="GetAsync"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static Task<DownloadedWeights> CopyAsync(
        PublishedWeights file, string folder, string source, Func<Stream> open, CancellationToken cancellation = default)
    {
        return PutAsync(file, folder, source, CopyAsync, cancellation);

        async Task<long> CopyAsync(PartFile part)
        {
            part.Clear();
            await using Stream stream = open();
            var buffer = new byte[CopyLength];
            for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0 && part.Length <= file.Size;)
                part.Append(buffer.AsSpan(0, read));
            return part.Length;
        }
    }

    private static async Task<DownloadedWeights> PutAsync(
        PublishedWeights file, string folder, string source, Func<PartFile, Task<long>> fill, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string path = Path.GetFullPath(Path.Combine(folder, file.FileName));
        MakeFolder(folder);
        using FileStream only = Lock(path);
        if (await IsRightAsync(path, file, cancellation)) return new DownloadedWeights(path, 0);

        long received;
        string hash, partPath = path + PartSuffix;
        using (var part = new PartFile(partPath, file.Size))
        {
            received = await fill(part);
            part.Flush();
            hash = await part.HashAsync(cancellation);
        }
        if (hash != file.Sha256)
        {
            File.Delete(partPath);
            throw new InvalidDataException(
                $"What '{source}' gave for {file.FileName} has the SHA-256 {hash}, expected {file.Sha256}. "
                + "It was deleted. Try again; if this repeats, the file there is not the official one.");
        }
        File.Move(partPath, path, overwrite: true);
        return new DownloadedWeights(path, received);
    }

    private static async Task<long> FillAsync(
        PartFile part, PublishedWeights file, Uri url, WeightDownloadOptions options, CancellationToken cancellation)
    {
        var request = new WeightRequest(file, url, options.StallTimeout);
        var clock = Stopwatch.StartNew();
        long received = 0;
        TimeSpan wait = options.RetryDelay;
        for (int attempt = 1; part.Length < file.Size; attempt++)
        {
            string reason = "the answer ended too soon";
            try
            {
                await request.ReceiveAsync(part, Arrived, cancellation);
            }
            catch (InterruptedDownloadException error)
            {
                reason = error.Message.TrimEnd('.');
            }
            if (part.Length == file.Size) break;
            if (attempt > options.Retries)
            {
                throw new IOException(
                    $"The download of {file.FileName} from '{url}' broke off {attempt} times, at last because: {reason}. "
                    + $"{part.Length} of {file.Size} bytes are kept. Try again to go on from there.");
            }
            await Task.Delay(wait, cancellation);
            wait = wait * 2 < _longestWait ? wait * 2 : _longestWait;

            void Arrived(int bytes)
            {
                received += bytes;
                double rate = received / clock.Elapsed.TotalSeconds;
                options.Progress?.Report(new DownloadProgress(part.Length, file.Size, rate, attempt));
            }
        }
        return received;
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The folder '{folder}' cannot be made: {error.Message} {AnotherFolder}", error);
        }
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new IOException(
                $"'{path}.lock' cannot be opened: {error.Message} Another download of it may be running: wait for its end.",
                error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UnauthorizedAccessException(
                $"The folder '{Path.GetDirectoryName(path)}' cannot be written to. {AnotherFolder}", error);
        }
    }

    /// <summary>Whether there is a file at a path with the right length and SHA-256.</summary>
    public static async Task<bool> IsRightAsync(string path, PublishedWeights file, CancellationToken cancellation)
    {
        if (!File.Exists(path)) return false;
        await using FileStream stream = File.OpenRead(path);
        if (stream.Length != file.Size) return false;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation)) == file.Sha256;
    }
}
