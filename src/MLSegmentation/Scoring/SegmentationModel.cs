using System.Collections.Concurrent;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// A segmentation model without a pipeline: loaded once, it segments images for any number of threads at a time. It gives the
/// masks that <c>mlContext.Transforms.SegmentImage</c> gives. It runs on the CPU unless
/// <see cref="ImageModelOptions.ExecutionProvider"/> says otherwise: it has no <c>MLContext</c>.
/// </summary>
public sealed class SegmentationModel : IDisposable
{
    private const string InMemory = "in memory";
    private readonly SegmentationSetup _setup;
    private readonly OnnxSession _session;
    private readonly ConcurrentBag<ImageScorer> _free = [];

    private SegmentationModel(OnnxModelSource source, SegmentationModelOptions options, Action<string>? warn = null)
    {
        if (options.BadImagePolicy != BadImagePolicy.Throw)
        {
            throw new ArgumentException(
                $"The BadImagePolicy is {options.BadImagePolicy}, but a SegmentationModel has no rows to leave out or to mark. "
                + "Catch what a bad image throws, or use mlContext.Transforms.SegmentImage.", nameof(options));
        }
        _setup = new SegmentationSetup(source.Info, source.Name, options, options.WithConfidence);
        _session = _setup.OpenSession(source, ExecutionDevice.Cpu with { Warn = warn }, nameof(SegmentationModel));
    }

    /// <summary>What the model says about itself.</summary>
    public OnnxModelInfo Info => _setup.Model;

    /// <summary>The options, with class names, palette and sizing filled in from the model where they were left to it.</summary>
    public SegmentationModelOptions Options => (SegmentationModelOptions)_setup.Options;

    /// <summary>The name of each class; the first is of key 1.</summary>
    public IReadOnlyList<string> ClassNames => _setup.ClassNames;

    /// <summary>The colour of each class.</summary>
    public IReadOnlyList<Rgb> Palette => _setup.Palette;

    /// <summary>
    /// What the model runs on: the <see cref="ImageModelOptions.ExecutionProvider"/> that was asked for, or with
    /// <see cref="ExecutionProvider.Auto"/> the one that it came to. ONNX Runtime may still compute single operators on the CPU.
    /// </summary>
    public ExecutionProvider ExecutionProviderInUse => _session.Provider!.Value;

    /// <summary>How often the model has run: once an image, view, or few tiles.</summary>
    internal long Runs => _session.Runs;

    /// <summary>Loads a model file.</summary>
    /// <param name="modelFile">An <c>.onnx</c> file; <see cref="SegmentImageEstimator"/> says what it must hold.</param>
    /// <param name="options">
    /// Null for the defaults, which take everything from the model. One from elsewhere may leave something open, such as how
    /// pixels are prepared.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, takes no image, or does not segment. Or weights in a second file are missing, or a file that
    /// describes it is damaged.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another or what the model says, or does not fit the model's classes. Or nothing
    /// says how pixels are prepared.
    /// </exception>
    /// <exception cref="InvalidOperationException">The named execution provider cannot be used.</exception>
    public static SegmentationModel Load(string modelFile, SegmentationModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelFile);
        return new SegmentationModel(OnnxModelSource.OfFile(modelFile), options ?? new SegmentationModelOptions());
    }

    /// <summary>Loads a model from wherever it is.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How it segments.</param>
    /// <param name="warn">Is told where it does not run on the best there is; null where nobody listens.</param>
    internal static SegmentationModel Load(
        OnnxModelSource model, SegmentationModelOptions options, Action<string>? warn = null) => new(model, options, warn);

    /// <summary>Loads a model from memory.</summary>
    /// <param name="model">The content of an <c>.onnx</c> file.</param>
    /// <param name="options">As in <see cref="Load(string, SegmentationModelOptions?)"/>.</param>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, takes no image, or does not segment. Or weights in a second file are missing, or a file that
    /// describes it is damaged.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another or what the model says, or does not fit the model's classes. Or nothing
    /// says how pixels are prepared.
    /// </exception>
    /// <exception cref="InvalidOperationException">The named execution provider cannot be used.</exception>
    public static SegmentationModel Load(byte[] model, SegmentationModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new SegmentationModel(OnnxModelSource.Of(model), options ?? new SegmentationModelOptions());
    }

    /// <summary>Segments an image.</summary>
    /// <param name="image">
    /// An image of any size, or at most the network's where that is fixed and the sizing native. It stays the caller's.
    /// </param>
    /// <param name="cancellation">Ends it, also in the middle of the network's run.</param>
    /// <exception cref="ArgumentException">The image is too large for the network.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public SegmentationResult Segment(MLImage image, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Segment(ImageSource.Of(image), cancellation);
    }

    /// <summary>Segments an image file; a JPEG is decoded at a reduced scale where the network sees it that small.</summary>
    /// <param name="imageFile">A JPEG, PNG, TIFF or GIF (the first picture of these two), BMP or WebP file.</param>
    /// <param name="cancellation">Ends it, also in the middle of the network's run.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or it is a folder, a pipe or a device.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is empty, truncated, damaged, of an unknown format or too large.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public SegmentationResult Segment(string imageFile, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageFile);
        return Segment(ImageSource.OfFile(imageFile), cancellation);
    }

    /// <summary>Segments the bytes of an image file, such as those of an upload.</summary>
    /// <param name="image">The bytes, of any format that <see cref="ImageDecoder"/> decodes.</param>
    /// <param name="cancellation">Ends it, also in the middle of the network's run.</param>
    /// <exception cref="InvalidDataException">They are none, truncated, damaged, of an unknown format or too large.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public SegmentationResult Segment(byte[] image, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Segment(ImageSource.OfBytes(image, InMemory), cancellation);
    }

    /// <summary>Segments an image file that a stream gives.</summary>
    /// <param name="image">The file, read from where the stream stands to its end; it stays open.</param>
    /// <param name="cancellation">Ends it, also in the middle of the network's run.</param>
    /// <exception cref="InvalidDataException">As in <see cref="Segment(byte[], CancellationToken)"/>.</exception>
    /// <exception cref="IOException">The stream cannot be read, or gives more than 2 GB.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public SegmentationResult Segment(Stream image, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var file = new MemoryStream();
        image.CopyTo(file);
        return Segment(BytesOf(file), cancellation);
    }

    /// <summary>
    /// Segments an image file that a stream gives, such as the body of a request, without holding a thread while its bytes come.
    /// </summary>
    /// <param name="image">As in <see cref="Segment(Stream, CancellationToken)"/>.</param>
    /// <param name="cancellation">Stops the reading, and ends the network's run.</param>
    /// <exception cref="InvalidDataException">As in <see cref="Segment(byte[], CancellationToken)"/>.</exception>
    /// <exception cref="IOException">The stream cannot be read, or gives more than 2 GB.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public async Task<SegmentationResult> SegmentAsync(Stream image, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var file = new MemoryStream();
        await image.CopyToAsync(file, cancellation).ConfigureAwait(false);
        return await Task.Run(() => Segment(BytesOf(file), cancellation), cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Segments images as they come, a few at once; masks come in the images' order. However many there are, only those few are
    /// in memory.
    /// </summary>
    /// <param name="images">The images. They stay the caller's, who may dispose of one once its mask has come.</param>
    /// <param name="cancellation">Ends the enumeration, also in the middle of the network's run.</param>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IAsyncEnumerable<SegmentationResult> SegmentAsync(
        IAsyncEnumerable<MLImage> images, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return OrderedPipeline.RunAsync(images, image => Segment(image, cancellation), Concurrency.ImagesAtOnce, cancellation);
    }

    /// <summary>Segments image files as their paths come, several at a time; masks come in the order of the paths.</summary>
    /// <param name="imageFiles">The paths.</param>
    /// <param name="cancellation">Ends the enumeration, also in the middle of the network's run.</param>
    /// <exception cref="IOException">
    /// A file does not exist or cannot be read; the exception comes in the file's place.
    /// </exception>
    /// <exception cref="InvalidDataException">A file is no image; the exception comes in the file's place.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public IAsyncEnumerable<SegmentationResult> SegmentAsync(
        IAsyncEnumerable<string> imageFiles, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(imageFiles);
        return OrderedPipeline.RunAsync(imageFiles, file => Segment(file, cancellation), Concurrency.ImagesAtOnce, cancellation);
    }

    /// <summary>
    /// Segments an image of any size, larger than memory too, through tiles (<see cref="ImageSizing.Tiled"/>): rows are read as
    /// they are needed and given as they are known. Memory is one row of tiles, image width × tile height × (4 × classes + 3)
    /// bytes, and the model's run. A run has one tile, or up to 16 small ones. An image 20,000 pixels wide, in tiles of 512 with
    /// 3 classes, takes 154 MB and the model's.
    /// </summary>
    /// <param name="image">
    /// The image, before its first row: <see cref="ImageRowReader.Open"/> or <see cref="ImageRowReader.Over"/>.
    /// </param>
    /// <param name="sink">Receives the rows of the mask from top to bottom, each as soon as its tiles are scored.</param>
    /// <param name="cancellation">Ends it, also in the middle of the network's run.</param>
    /// <exception cref="InvalidOperationException">The options' sizing is another.</exception>
    /// <exception cref="ArgumentException">
    /// Rows of the image were read before, or a row of tiles is too large to be held.
    /// </exception>
    /// <exception cref="InvalidDataException">The image is truncated or damaged.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public void Segment(ImageRowReader image, MaskRowSink sink, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(sink);
        if (Options.Sizing != ImageSizing.Tiled)
        {
            throw new InvalidOperationException(
                $"The sizing is {Options.Sizing}, which needs whole images. Load the model with the sizing {ImageSizing.Tiled}.");
        }
        new RowScorer(_session, _setup).Score(image, sink, cancellation);
    }

    /// <summary>
    /// Segments an image file into a mask file, a PNG whose values are class numbers (<see cref="MaskPng"/>). With the sizing
    /// <see cref="ImageSizing.Tiled"/> both go through by rows, so that the image may be larger than
    /// memory, unless small regions are removed.
    /// </summary>
    /// <param name="imageFile">An image file, of any format that <see cref="ImageDecoder"/> decodes.</param>
    /// <param name="maskFile">The PNG; what was there is replaced. Its folder must exist.</param>
    /// <param name="cancellation">Ends it, also in the middle of the network's run; no mask is written.</param>
    /// <exception cref="FileNotFoundException">There is no such image.</exception>
    /// <exception cref="InvalidDataException">
    /// The image is truncated, damaged or of an unknown format; no mask is written.
    /// </exception>
    /// <exception cref="IOException">The mask cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    public void Segment(string imageFile, string maskFile, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageFile);
        ArgumentException.ThrowIfNullOrEmpty(maskFile);
        if (Options.Sizing == ImageSizing.Tiled && !RemovesRegions)
        {
            using var image = ImageRowReader.Open(imageFile, Options.SampleRange);
            Segment(image, maskFile, cancellation);
            return;
        }
        using LentScorer scorer = Rent();
        SegmentedImage result = scorer.Score(ImageSource.OfFile(imageFile), cancellation);
        MaskPng.Write(maskFile, result.Mask, result.Width, result.Height, Palette);
    }

    /// <summary>Waits for images being segmented, then frees the model's memory; using the model afterwards throws.</summary>
    public void Dispose() => _session.Dispose();

    /// <summary>Whether small regions are removed from masks, which takes whole ones.</summary>
    internal bool RemovesRegions => _setup.RemovesRegions;

    /// <summary>Segments an image by rows into a mask file; the sizing is <see cref="ImageSizing.Tiled"/>.</summary>
    internal void Segment(ImageRowReader image, string maskFile, CancellationToken cancellation)
    {
        MaskPng.Write(
            maskFile, image.Width, image.Height, Palette, rows => Segment(image, (_, mask, _) => rows.Write(mask), cancellation));
    }

    /// <summary>A scorer of the pool.</summary>
    internal LentScorer Rent() => new(_free.TryTake(out ImageScorer? scorer) ? scorer : new ImageScorer(_session, _setup), _free);

    private static ImageSource BytesOf(MemoryStream file) =>
        ImageSource.OfBytes(new ArraySegment<byte>(file.GetBuffer(), 0, (int)file.Length), InMemory);

    private SegmentationResult Segment(ImageSource image, CancellationToken cancellation)
    {
        using LentScorer scorer = Rent();
        SegmentedImage result = scorer.Score(image, cancellation);
        return new SegmentationResult(
            result.Width, result.Height, result.Mask.ToArray(),
            Options.WithConfidence ? result.Confidence.ToArray() : ReadOnlyMemory<float>.Empty);
    }
}
