using System.Globalization;
using Google.Protobuf;
using MLSegmentation.Training.Logging.Schema;

namespace MLSegmentation.Training;

/// <summary>
/// A training's curves and pictures for TensorBoard (<c>tensorboard --logdir FOLDER</c>). Every value can be seen as soon as its
/// method returns. It belongs to one thread. A log is no reason to lose a training: where its file can no longer be written,
/// the log says so once and takes nothing more.
/// </summary>
internal sealed class TensorBoardLog : IDisposable
{
    // TensorBoard's number for red, green and blue.
    private const int ColorSpaceRgb = 3;

    private readonly string _name;
    private readonly Action<string> _warn;
    private EventFileWriter? _writer;

    /// <summary>A log into a stream; <see cref="Create"/> makes one in a folder.</summary>
    /// <param name="name">What to call it in <paramref name="warn"/>.</param>
    /// <param name="stream">Where it goes; it is disposed with the log.</param>
    /// <param name="warn">As for <see cref="Create"/>.</param>
    /// <param name="clock">The time of each event.</param>
    /// <param name="resumedStep">As for <see cref="Create"/>.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public TensorBoardLog(string name, Stream stream, Action<string> warn, TimeProvider clock, long? resumedStep = null)
    {
        (_name, _warn) = (name, warn);
        _writer = new EventFileWriter(stream, clock);
        if (resumedStep is not long step) return;
        var restart = new SessionLog { Status = SessionLog.Types.SessionStatus.Start };
        _writer.Write(new Event { Step = step, SessionLog = restart });
    }

    /// <summary>
    /// Starts a new event file in a folder, beside those that are there. Its name is <c>events.out.tfevents.</c>, the time in
    /// seconds since 1970 and <c>.mlseg</c> where other writers put the machine's name, which is nobody's business; a second
    /// that has a file already is passed over, as TensorBoard reads files in the order of their names.
    /// </summary>
    /// <param name="folder">The folder of this training, made where it is missing; folders side by side are compared.</param>
    /// <param name="warn">Told, at most once, that the log stops and why; the training can go on.</param>
    /// <param name="resumedStep">
    /// For a training that goes on from a checkpoint, the first step it takes: TensorBoard then drops what earlier files of the
    /// folder have of this step and later ones. Default null: a new training.
    /// </param>
    /// <exception cref="IOException">The folder or the file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static TensorBoardLog Create(string folder, Action<string> warn, long? resumedStep = null)
    {
        Directory.CreateDirectory(folder);
        long second = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        while (File.Exists(PathOf(folder, second))) second++;
        string path = PathOf(folder, second);

        // No buffer, so that a record is in the file when it was written.
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            return new TensorBoardLog(path, stream, warn, TimeProvider.System, resumedStep);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Adds a point to a curve.</summary>
    /// <param name="tag">The curve's name; what stands before a slash is its group, such as <c>train/loss</c>.</param>
    /// <param name="step">Steps taken since the training began.</param>
    /// <param name="value">Kept as a 32-bit number; one that is no number is shown as such.</param>
    public void Scalar(string tag, long step, double value) =>
        Write(step, new Summary.Types.Value { Tag = tag, SimpleValue = (float)value });

    /// <summary>Adds a picture, which TensorBoard shows with those of other steps behind a slider.</summary>
    /// <param name="tag">The picture's name, such as <c>samples/overlay</c>.</param>
    /// <param name="step">Steps taken since the training began.</param>
    /// <param name="rgb">Red, green and blue of each pixel, row by row: <c>3 * width * height</c> bytes.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// The bytes do not have the length of the width and height, or one of these is below 1.
    /// </exception>
    public void Image(string tag, long step, ReadOnlySpan<byte> rgb, int width, int height)
    {
        var image = new Summary.Types.Image
        {
            Width = width,
            Height = height,
            Colorspace = ColorSpaceRgb,
            EncodedImageString = UnsafeByteOperations.UnsafeWrap(PngWriter.EncodeRgb(rgb, width, height)),
        };
        Write(step, new Summary.Types.Value { Tag = tag, Image = image });
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private static string PathOf(string folder, long second) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{second:D10}.mlseg"));

    private void Write(long step, Summary.Types.Value value) =>
        Write(new Event { Step = step, Summary = new Summary { Value = { value } } });

    private void Write(Event entry)
    {
        try
        {
            _writer?.Write(entry);
        }
        catch (IOException error)
        {
            Dispose();
            _warn($"The TensorBoard log '{_name}' stops at step {entry.Step}: {error.Message} The training goes on without it.");
        }
    }
}
