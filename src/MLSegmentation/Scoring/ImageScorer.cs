using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>
/// Segments one image after the other; whoever scores has one of their own, all share the session. An image's pixels are freed before its mask
/// is made, which takes over their share of memory until <see cref="ReturnShare"/>.
/// </summary>
internal sealed class ImageScorer(OnnxSession session, SegmentationSetup setup)
{
    private readonly SegmentedImage _result = new();
    private IDisposable? _share;
    private readonly ViewAverage? _views = setup.Options.TestTimeAugmentation is { } views ? new ViewAverage(views, setup.ClassNames.Count) : null;

    /// <summary>The image's mask, and its confidence where that was wanted; valid until the next call.</summary>
    /// <exception cref="ArgumentException">The image is too large for a network of fixed size.</exception>
    public SegmentedImage Score(MLImage image, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (IsTiled) return Score(ImageRowReader.Over(image), cancellation);
        TakeShare(image.Width, image.Height);
        return Score(new PixelView(image.Pixels, image.PixelFormat, image.Width, image.Height, image.Width, image.Height), () => { }, cancellation);
    }

    /// <summary>The mask of an image file, decoded at no larger a size than the network makes use of.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, truncated, damaged, of an unknown format or too large.</exception>
    public SegmentedImage Score(string path, CancellationToken cancellation = default)
    {
        if (IsTiled)
        {
            using var rows = ImageRowReader.Open(path, setup.Options.SampleRange);
            return Score(rows, cancellation);
        }
        using DecodedImage image = ImageDecoder.DecodePixels(path, LeastSize, setup.Options.SampleRange, ResultBytes);
        return Score(image, cancellation);
    }

    /// <summary>The mask of an image file that is in memory.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="name">What errors call the image.</param>
    /// <param name="cancellation">Ends it, within a run of the network too.</param>
    /// <exception cref="InvalidDataException">They are none, truncated, damaged, of an unknown format or too large.</exception>
    public SegmentedImage Score(ArraySegment<byte> file, string name, CancellationToken cancellation = default)
    {
        using DecodedImage image = ImageDecoder.DecodePixels(file, name, IsTiled ? null : LeastSize, setup.Options.SampleRange, ResultBytes);
        if (!IsTiled) return Score(image, cancellation);
        using MLImage whole = MLImage.CreateFromPixels(image.Width, image.Height, MLPixelFormat.Bgra32, image.Pixels);
        image.Dispose();
        return Score(whole, cancellation);
    }

    /// <summary>Scores an image through tiles, as its rows come.</summary>
    /// <param name="image">The image, before its first row.</param>
    /// <param name="sink">Receives the rows of the mask.</param>
    /// <param name="cancellation">Ends it, within a run of the network too.</param>
    public void Score(ImageRowReader image, MaskRowSink sink, CancellationToken cancellation = default)
    {
        ImageGeometry tile = setup.Sizing.TileFor(image.Width, image.Height);
        uint[] accepted = new uint[image.Width];
        new TiledScoring(new OnnxTileScorer(session, setup, cancellation)).Run(image, tile.TensorWidth, tile.TensorHeight, setup.Options.TileOverlap, (y, mask, confidence) =>
        {
            mask.CopyTo(accepted);
            if (setup.Options.Threshold > 0) ScoreReader.Reject(confidence, setup.Options.Threshold, accepted);
            sink(y, accepted, confidence);
        });
    }

    /// <summary>A result that says why there is no mask.</summary>
    public SegmentedImage Reject(string error, int width, int height)
    {
        _result.Reject(error, width, height);
        return _result;
    }

    /// <summary>Lets others have the memory that the last image took its share of.</summary>
    public void ReturnShare()
    {
        _share?.Dispose();
        _share = null;
    }

    /// <summary>Frees what a large image's mask took, and returns its share; the mask is lost.</summary>
    public void FreeLarge()
    {
        _result.FreeLarge();
        ReturnShare();
    }

    /// <summary>The bytes of the mask of an image of that size, and of its confidences where there are any.</summary>
    private long ResultBytes(int width, int height)
    {
        ImageGeometry? seen = IsTiled || setup.Options.MaskSize != MaskSize.Network ? null : setup.Sizing.GeometryFor(width, height).AsSeen();
        long pixels = seen is null ? (long)width * height : (long)seen.ImageWidth * seen.ImageHeight;
        return pixels * (setup.NeedsConfidence ? sizeof(uint) + sizeof(float) : sizeof(uint));
    }

    private void TakeShare(int width, int height)
    {
        ReturnShare();
        _share = ImageMemory.Take(ResultBytes(width, height));
    }

    /// <summary>The size below which an image of that size would be enlarged for the network.</summary>
    private (int Width, int Height) LeastSize(int width, int height)
    {
        double largest = _views?.LargestScale ?? 1;
        ImageGeometry geometry = setup.Sizing.GeometryFor(width, height, largest);
        double scale = Math.Min(1, Math.Max((double)geometry.ScaledWidth / geometry.PartWidth, (double)geometry.ScaledHeight / geometry.PartHeight));
        return ((int)Math.Ceiling(width * scale), (int)Math.Ceiling(height * scale));
    }

    private bool IsTiled => setup.Sizing.Sizing == ImageSizing.Tiled;

    private SegmentedImage Score(ImageRowReader image, CancellationToken cancellation)
    {
        TakeShare(image.Width, image.Height);
        _result.Resize(image.Width, image.Height);
        Score(image, (y, mask, confidence) =>
        {
            mask.CopyTo(_result.Mask[(y * image.Width)..]);
            if (setup.NeedsConfidence) confidence.CopyTo(_result.Confidence[(y * image.Width)..]);
        }, cancellation);
        return _result;
    }

    private SegmentedImage Score(DecodedImage image, CancellationToken cancellation)
    {
        ReturnShare();
        return Score(
            new PixelView(image.Pixels, MLPixelFormat.Bgra32, image.Width, image.Height, image.FullWidth, image.FullHeight), () => _share = image.FreePixels(), cancellation);
    }

    /// <param name="image">The image.</param>
    /// <param name="freePixels">Called when its pixels are needed no more, before the mask is made.</param>
    /// <param name="cancellation">Ends it.</param>
    private SegmentedImage Score(PixelView image, Action freePixels, CancellationToken cancellation)
    {
        ImageGeometry geometry = setup.Sizing.GeometryFor(image.FullWidth, image.FullHeight);
        ImageGeometry target = setup.Options.MaskSize == MaskSize.Network ? geometry.AsSeen() : geometry;
        _result.Resize(target.ImageWidth, target.ImageHeight);
        if (_views is not null)
        {
            foreach (var (scale, isFlipped) in _views.Begin(geometry)) AddView(image, scale, isFlipped, cancellation);
            freePixels();
            var mean = new ClassScores(_views.Mean, setup.ClassNames.Count, geometry.ScaledHeight, geometry.ScaledWidth, areLogits: false);
            return ReadScores(mean, target.WithoutPadding());
        }

        return Run(image, geometry, isFlipped: false, freePixels, output =>
        {
            if (setup.TakesGraphsMask) return ReadMask(NetworkScores.Classes(output, geometry.TensorHeight, geometry.TensorWidth), target);
            return ReadScores(NetworkScores.Of(output, session, setup), target);
        }, cancellation);
    }

    private void AddView(PixelView image, double scale, bool isFlipped, CancellationToken cancellation)
    {
        ImageGeometry geometry = setup.Sizing.GeometryFor(image.FullWidth, image.FullHeight, scale);
        Run(image, geometry, isFlipped, () => { }, output =>
        {
            _views!.Add(NetworkScores.Of(output, session, setup), geometry, isFlipped);
            return _result;
        }, cancellation);
    }

    private SegmentedImage Run(
        PixelView image, ImageGeometry geometry, bool isFlipped, Action freePixels, Func<OrtValue, SegmentedImage> read, CancellationToken cancellation)
    {
        OnnxModelInfo model = setup.Model;
        int length = checked(model.Channels * geometry.TensorHeight * geometry.TensorWidth);

        // Rented, as many results may wait to be read while few images are with the network.
        float[] rented = session.Rent(length);
        try
        {
            Span<float> tensor = rented.AsSpan(0, length);
            ImageTensor.Fill(image.Pixels, image.Format, geometry.ForDecoded(image.Width, image.Height), model.Channels, tensor);
            if (isFlipped) ViewAverage.Flip(tensor, geometry.TensorWidth, geometry.TensorWidth);
            freePixels();
            return session.Run(rented, 1, geometry.TensorHeight, geometry.TensorWidth, [setup.Output], results => read(results[0]), cancellation);
        }
        finally
        {
            session.Return(rented);
        }
    }

    private SegmentedImage ReadMask(ReadOnlySpan<byte> classes, ImageGeometry target)
    {
        if (target.HidesSome) _result.Mask.Clear();
        ScoreReader.Crop(classes, target, _result.Mask);
        return _result;
    }

    private SegmentedImage ReadScores(ClassScores scores, ImageGeometry target)
    {
        Span<float> confidence = setup.NeedsConfidence ? _result.Confidence : [];
        if (target.HidesSome)
        {
            _result.Mask.Clear();
            confidence.Clear();
        }
        ScoreReader.Read(scores, target, _result.Mask, confidence);
        if (setup.Options.Threshold > 0) ScoreReader.Reject(confidence, setup.Options.Threshold, _result.Mask);
        return _result;
    }
}
