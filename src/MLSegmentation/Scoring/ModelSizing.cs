namespace MLSegmentation;

/// <summary>The size that images are brought to for a model, and how.</summary>
internal sealed class ModelSizing
{
    private const int DefaultTile = 512;
    private readonly OnnxModelInfo _model;
    private readonly int _width;
    private readonly int _height;

    /// <exception cref="ArgumentException">The options contradict each other, or do not fit the model.</exception>
    public ModelSizing(OnnxModelInfo model, ImageModelOptions options)
    {
        ImageModelOptions.Check(options);
        _model = model;
        Sizing = options.Sizing ?? (IsOnlyFixed(model) ? ImageSizing.Stretch : model.Metadata.Sizing);
        if (options.ImageWidth is not null
            && (Sizing == ImageSizing.Native || model.Width is not null || model.Height is not null))
        {
            throw new ArgumentException(
                $"ImageWidth and ImageHeight are {options.ImageWidth}×{options.ImageHeight}, but "
                + (Sizing == ImageSizing.Native
                    ? "the sizing is Native, which keeps each image's size. Set Sizing to Stretch or Letterbox, or leave "
                        + "the size out."
                    : $"the model's size is fixed: {model.ImageInput}. Leave the size out."), nameof(options));
        }
        _width = options.ImageWidth ?? model.Metadata.ImageWidth;
        _height = options.ImageHeight ?? model.Metadata.ImageHeight;
        RequireSize();
        CheckMultiple(options.SizeMultiple);
        SizeMultiple = options.SizeMultiple ?? model.SaidMultiple;
    }

    public ImageSizing Sizing { get; }

    /// <summary>What free sizes are padded to multiples of; null where only trying the model tells.</summary>
    public int? SizeMultiple { get; }

    /// <summary>What free sizes are padded to multiples of; the first call may try the model.</summary>
    /// <param name="session">A session of the model.</param>
    /// <param name="output">The output that is read.</param>
    /// <param name="cancellation">Ends it.</param>
    public int MultipleFor(OnnxSession session, string output, CancellationToken cancellation = default) =>
        SizeMultiple ?? session.FindSizeMultiple(output, cancellation);

    /// <summary>How an image of that size is brought to the model.</summary>
    /// <param name="width">The image's width.</param>
    /// <param name="height">The image's height.</param>
    /// <param name="multiple">What free sizes are padded to multiples of.</param>
    /// <param name="scale">A factor by which the model sees the image larger; only for models of free size.</param>
    /// <exception cref="ArgumentException">It cannot be: see <see cref="ImageGeometry.For"/>.</exception>
    public ImageGeometry GeometryFor(int width, int height, int multiple, double scale = 1)
    {
        int Scaled(int side) => Math.Max((int)Math.Round(side * scale), Math.Min(side, 1));
        bool isNative = Sizing == ImageSizing.Native && scale != 1;
        return ImageGeometry.For(
            width, height, isNative ? ImageSizing.Stretch : Sizing, _model.Width ?? 0, _model.Height ?? 0, multiple,
            Scaled(isNative ? width : _width), Scaled(isNative ? height : _height));
    }

    /// <summary>A tile of an image of that size; one that is smaller than a tile is padded as others are.</summary>
    public ImageGeometry TileFor(int width, int height, int multiple)
    {
        int tileWidth = _model.Width ?? (_width > 0 ? _width : DefaultTile),
            tileHeight = _model.Height ?? (_height > 0 ? _height : DefaultTile);
        return ImageGeometry.For(
            Math.Min(width, tileWidth), Math.Min(height, tileHeight), ImageSizing.Native, _model.Width ?? 0, _model.Height ?? 0,
            multiple);
    }

    /// <exception cref="ArgumentException">The sizing is this one.</exception>
    public void Refuse(ImageSizing sizing, string reason)
    {
        if (Sizing == sizing) throw new ArgumentException($"The sizing is {sizing}, but {reason}. Use another one.", "options");
    }

    // Found here, it is a fault of the options; found at an image, it would look like a fault of each image.
    private void RequireSize()
    {
        if (Sizing is not (ImageSizing.Stretch or ImageSizing.Letterbox or ImageSizing.Crop)) return;
        if ((_model.Width ?? _width) > 0 && (_model.Height ?? _height) > 0) return;
        throw new ArgumentException(
            $"The sizing is {Sizing}, but the model takes any size ({_model.ImageInput}) and does not say at which it was "
            + $"trained. Give ImageWidth and ImageHeight, or use the sizing {ImageSizing.Native}.", "options");
    }

    private void CheckMultiple(int? given)
    {
        if (given is not { } multiple) return;
        if (_model.Height is not null && _model.Width is not null)
        {
            throw new ArgumentException(
                $"SizeMultiple is {multiple}, but the model's size is fixed: {_model.ImageInput}. Leave SizeMultiple out.",
                "options");
        }
        if (_model.Metadata.Task.Length > 0 && multiple != _model.Metadata.SizeMultiple)
        {
            throw new ArgumentException(
                $"SizeMultiple is {multiple}, but the model's metadata says {_model.Metadata.SizeMultiple}. Leave SizeMultiple "
                + "out.", "options");
        }
    }

    private static bool IsOnlyFixed(OnnxModelInfo model) =>
        model.Metadata is { Task.Length: 0, ImageWidth: 0 } && model.Width is not null && model.Height is not null;
}
