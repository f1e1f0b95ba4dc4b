using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>
/// Segments one image after the other; whoever scores has one of their own, all share the session. An image's pixels are freed
/// before the network runs on them for the last time; its mask takes over their share of memory until <see cref="ReturnShare"/>.
/// </summary>
internal sealed class ImageScorer(OnnxSession session, SegmentationSetup setup)
{
    private readonly SegmentedImage _result = new();
    private readonly NetworkScores _scores = new(session, setup);
    private readonly ViewAverage? _views = setup.Options.TestTimeAugmentation is null
        ? null
        : new ViewAverage(setup.Choice.MeaningFor(session.GivesLogits).AsProbabilities);
    private IDisposable? _share;

    /// <summary>The image's mask, and its confidence where that was wanted; valid until the next call.</summary>
    /// <param name="source">The image; a file is decoded at no larger a size than the network makes use of.</param>
    /// <param name="cancellation">Ends it, also within a run of the network.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is empty, truncated, damaged, of an unknown format or too large.
    /// </exception>
    /// <exception cref="ArgumentException">The image is too large for a network of fixed size.</exception>
    public SegmentedImage Score(ImageSource source, CancellationToken cancellation = default)
    {
        ReturnShare();
        if (setup.Sizing.Sizing == ImageSizing.Tiled) ScoreRows(source, cancellation);
        else ScoreWhole(source, cancellation);
        return _result;
    }

    /// <summary>A result without a mask: each pixel, where there are any, is of no class.</summary>
    public SegmentedImage Reject(int width, int height)
    {
        _result.Reject(width, height);
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

    private void ScoreRows(ImageSource source, CancellationToken cancellation)
    {
        using ImageRowReader rows = source.OpenRows(setup.Options.SampleRange);
        int width = rows.Width;
        _share = ImageMemory.Take(setup.ResultBytes(width, rows.Height));
        _result.Resize(width, rows.Height);
        new RowScorer(session, setup).Score(
            rows,
            (y, mask, confidence) =>
            {
                mask.CopyTo(_result.Mask[(y * width)..]);
                if (setup.NeedsConfidence) confidence.CopyTo(_result.Confidence[(y * width)..]);
            },
            cancellation);
        setup.RemoveRegions(_result.Mask, target: null, width, rows.Height);
    }

    private void ScoreWhole(ImageSource source, CancellationToken cancellation)
    {
        using DecodedImage image = Decode(source, out ImagePlan plan, cancellation);
        _result.Resize(plan.Target.ImageWidth, plan.Target.ImageHeight);
        _views?.Begin(plan);
        for (int i = 0; i < plan.Views.Count; i++)
            ScoreView(image, plan, plan.Views[i], isLast: i == plan.Views.Count - 1, cancellation);
        if (_views is not null) _result.Read(_views.Mean, plan.Target.WithoutPadding(), setup);
        setup.RemoveRegions(_result.Mask, plan.Target, _result.Width, _result.Height);
    }

    private DecodedImage Decode(ImageSource source, out ImagePlan plan, CancellationToken cancellation)
    {
        int multiple = setup.Sizing.MultipleFor(session, setup.Output, cancellation);
        using OpenedImage image = source.Open(setup.Options.SampleRange);
        plan = new ImagePlan(setup, multiple, image.Width, image.Height);
        return image.Decode(plan.LeastSize, plan.ResultBytes);
    }

    private void ScoreView(DecodedImage image, ImagePlan plan, ImageView view, bool isLast, CancellationToken cancellation)
    {
        (int height, int width, int channels) = (view.Geometry.TensorHeight, view.Geometry.TensorWidth, setup.Model.Channels);
        int length = checked(channels * height * width);

        // Rented, as many results may wait to be read while few images are with the network.
        float[] tensor = session.Tensors.Rent(length);
        try
        {
            ImageTensor.Fill(image, view.Geometry, setup.Input.Scaling, tensor.AsSpan(0, length));
            if (view.IsFlipped) ViewAverage.Flip(tensor.AsSpan(0, length), width, width);
            if (isLast) _share = image.FreePixels();
            using OnnxResults results = session.Run(tensor, 1, height, width, [setup.Output], cancellation);
            Read(results[0], plan, view);
        }
        finally
        {
            session.Tensors.Return(tensor);
        }
    }

    private void Read(OrtValue output, ImagePlan plan, ImageView view)
    {
        (int height, int width) = (view.Geometry.TensorHeight, view.Geometry.TensorWidth);
        if (setup.TakesGraphsMask)
        {
            _result.Read(_scores.Classes(output, height, width), plan.Target);
            return;
        }
        if (_views is not null)
        {
            _views.Add(_scores.Of(output, height, width), view);
        }
        else if (setup.Choice.AreLabels)
        {
            ReadOnlySpan<uint> keys = _scores.KeysOf(output, out int rows, out int columns);
            _result.Read(keys, rows, columns, plan.Target);
        }
        else
        {
            _result.Read(_scores.Of(output, height, width), plan.Target, setup);
        }
    }
}
