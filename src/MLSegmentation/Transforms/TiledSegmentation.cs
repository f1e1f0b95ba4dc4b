using MLSegmentation.Images;
using MLSegmentation.Masks;
using MLSegmentation.Onnx;
using MLSegmentation.Tiling;

namespace MLSegmentation.Transforms;

/// <summary>
/// Segments images of any size, larger than memory too, with an ONNX model: rows are read as they are needed, scored in tiles that
/// overlap and are blended, and written as they are known. The image keeps its size, as with <see cref="ImageSizing.Native"/>: the model sees
/// its pixels unscaled. Memory is that of one row of tiles, image width × tile height × (4 × classes + 3) bytes, and of the model's run on
/// one tile: with 20,000 pixels, tiles of 512 and 3 classes 154 MB and the model's.
/// </summary>
public sealed class TiledSegmentation : IDisposable
{
    private const int DefaultTile = 512;

    private readonly OnnxModelInfo _model;
    private readonly SegmentationSetup _setup;
    private readonly TilingOptions _options;
    private readonly OnnxSession _session;

    /// <summary>Loads a model file.</summary>
    /// <param name="modelPath">The <c>.onnx</c> file.</param>
    /// <param name="options">How images are cut into tiles. Default null: the options' defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no ONNX model, or does not segment.</exception>
    /// <exception cref="ArgumentException">An option is out of its range, or a tile's size is given for a model of fixed size.</exception>
    public TiledSegmentation(string modelPath, TilingOptions? options = null)
        : this(OnnxModelFile.Read(modelPath), OnnxModelFile.Name(modelPath), options)
    {
    }

    /// <summary>Loads a model.</summary>
    /// <param name="model">The content of an <c>.onnx</c> file.</param>
    /// <param name="options">As in <see cref="TiledSegmentation(string, TilingOptions?)"/>.</param>
    /// <exception cref="InvalidDataException">As there.</exception>
    /// <exception cref="ArgumentException">As there.</exception>
    public TiledSegmentation(byte[] model, TilingOptions? options = null)
        : this(model, "The model", options)
    {
    }

    private TiledSegmentation(byte[] model, string source, TilingOptions? options)
    {
        ArgumentNullException.ThrowIfNull(model);
        _options = options ?? new TilingOptions();
        _options.Check();
        _model = OnnxModelInfo.FromBytes(model, source);
        if (_options.TileWidth is not null && (_model.Width is not null || _model.Height is not null))
        {
            throw new ArgumentException(
                $"The tiles are {_options.TileWidth}×{_options.TileHeight}, but the model's size is fixed: {_model.ImageInput}. "
                + "Leave the size out.", nameof(options));
        }
        _setup = new SegmentationSetup("Mask", "Image", _model, source, new SegmentImageOptions());
        _session = new OnnxSession(model, _model, threads: null, nameof(TiledSegmentation));
    }

    /// <summary>The classes' names, in the order of the model's channels.</summary>
    public IReadOnlyList<string> ClassNames => _setup.ClassNames;

    /// <summary>A colour for each class: the model's, or <see cref="Masks.Palette.Voc"/>.</summary>
    public IReadOnlyList<Rgb> Palette => _setup.Palette;

    /// <summary>How often the model has run: once a tile.</summary>
    internal long Runs => _session.Runs;

    /// <summary>Segments an image file and writes the mask: a palette PNG of class indices in the image's size.</summary>
    /// <param name="imagePath">An image as <see cref="ImageRowReader.Open"/> takes it.</param>
    /// <param name="maskPath">The PNG; what was there is replaced. Its folder must exist.</param>
    /// <exception cref="FileNotFoundException">There is no such image.</exception>
    /// <exception cref="InvalidDataException">The image is truncated, damaged or of an unknown format; no mask is written.</exception>
    /// <exception cref="InvalidOperationException">The model has no number for a pixel, or cannot score a tile.</exception>
    /// <exception cref="IOException">The mask cannot be written.</exception>
    public void Segment(string imagePath, string maskPath)
    {
        using var image = ImageRowReader.Open(imagePath);
        var indices = new byte[image.Width];
        PngWriter.WriteIndexed(maskPath, image.Width, image.Height, Palette, rows => Segment(image, (y, mask, _) =>
        {
            for (int x = 0; x < mask.Length; x++)
            {
                if (mask[x] == 0)
                    throw new InvalidOperationException($"The model has no number for the pixel at x {x}, y {y} of '{imagePath}'. Check its weights.");
                indices[x] = (byte)(mask[x] - 1);
            }
            rows.Write(indices);
        }));
    }

    /// <summary>Segments an image whose rows come from a file, or from memory (<see cref="ImageRowReader.Over"/>).</summary>
    /// <param name="image">The image, before its first row.</param>
    /// <param name="sink">Receives the rows of the mask from top to bottom, each as soon as its tiles are scored.</param>
    /// <exception cref="ArgumentException">Rows of the image were read before, or a row of tiles is too large to be held.</exception>
    /// <exception cref="InvalidDataException">The image is truncated or damaged.</exception>
    /// <exception cref="InvalidOperationException">The model cannot score a tile.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void Segment(ImageRowReader image, MaskRowSink sink)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(sink);

        // An image that is smaller than a tile is padded as others are: to the model's size multiple, or to its fixed size.
        var tile = ImageGeometry.For(
            Math.Min(image.Width, TileSize(_model.Width, _options.TileWidth, _model.Metadata.ImageWidth)),
            Math.Min(image.Height, TileSize(_model.Height, _options.TileHeight, _model.Metadata.ImageHeight)),
            ImageSizing.Native, _model.Width ?? 0, _model.Height ?? 0, _model.SizeMultiple);
        new TiledScoring(new OnnxTileScorer(_session, _model, ClassNames.Count))
            .Run(image, tile.TensorWidth, tile.TensorHeight, _options.Overlap, sink);
    }

    /// <summary>Waits for a tile being scored, then frees the model's memory.</summary>
    public void Dispose() => _session.Dispose();

    private static int TileSize(int? only, int? given, int trained) => only ?? given ?? (trained > 0 ? trained : DefaultTile);
}
