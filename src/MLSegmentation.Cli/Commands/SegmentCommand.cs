using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Cli.Display;
using MLSegmentation.Cli.Inputs;
using MLSegmentation.Images;
using MLSegmentation.Transforms;

namespace MLSegmentation.Cli.Commands;

/// <summary><c>mlseg segment</c>: writes a mask for each image.</summary>
internal static class SegmentCommand
{
    public static Command Create()
    {
        Option<string> model = CommonOptions.Model();
        Option<string> images = CommonOptions.Images("A folder of images, or one image.", "DIR|FILE");
        Option<string> folder = CommonOptions.Out("The folder to write to; it is made where there is none.", "DIR");
        var overlay = new Option<bool>("--overlay") { Description = "Write NAME.overlay.png too: the image with its mask on top." };
        return new Command("segment", "Write the mask of each image as NAME.png: an indexed PNG whose values are class numbers.") { model, images, folder, overlay }
            .Runs((result, cancellation) => Run(
                result.GetRequiredValue(model), result.GetRequiredValue(images), result.GetRequiredValue(folder), result.GetValue(overlay), cancellation));
    }

    private static void Run(string modelFile, string images, string folder, bool hasOverlay, CancellationToken cancellation)
    {
        MaskFiles[] files = [.. ImageFiles.Find(images).Select(image => MaskFiles.For(image, folder, hasOverlay))];
        MaskFiles.RequireDistinct(files);
        var context = new MLContext();
        var options = new SegmentImageOptions { OverlayColumnName = hasOverlay ? "Overlay" : null };
        SegmentImageEstimator estimator = context.Transforms.SegmentImage("Mask", "Image", modelFile, options);
        Directory.CreateDirectory(folder);
        ProgressDisplay.Run("loading the model", isJson: false, progress =>
        {
            var rows = new WatchedRows<MaskFiles>(files, progress, cancellation);
            IDataView view = context.Data.LoadFromEnumerable(rows);
            IDataView read = context.Transforms.ReadImages("Image", nameof(MaskFiles.ImagePath)).Fit(view).Transform(view);
            using SegmentImageTransformer model = estimator.Fit(read);
            Write(model.Transform(read), files, model.Options, cancellation);
            return files.Length;
        });
        string masks = files.Length == 1 ? "1 mask" : $"{files.Length} masks";
        Console.WriteLine($"Wrote {masks}{(hasOverlay ? " with overlays" : "")} to {folder}.");
    }

    private static void Write(IDataView scored, MaskFiles[] files, SegmentImageOptions options, CancellationToken cancellation)
    {
        DataViewSchema.Column image = scored.Schema["Image"], mask = scored.Schema["Mask"];
        DataViewSchema.Column? overlay = options.OverlayColumnName is { } name ? scored.Schema[name] : null;
        using DataViewRowCursor cursor = scored.GetRowCursor(overlay is { } drawn ? [image, mask, drawn] : [image, mask]);
        var (getImage, getMask) = (cursor.GetGetter<MLImage>(image), cursor.GetGetter<VBuffer<uint>>(mask));
        ValueGetter<MLImage>? getOverlay = overlay is { } column ? cursor.GetGetter<MLImage>(column) : null;
        MLImage picture = null!, overlaid = null!;
        VBuffer<uint> keys = default;
        foreach (MaskFiles file in files)
        {
            cursor.MoveNext();
            getImage(ref picture);
            getMask(ref keys);
            cancellation.ThrowIfCancellationRequested();
            byte[] indices = [.. keys.DenseValues().Select(key => checked((byte)(key - 1)))];
            PngWriter.WriteIndexed(file.MaskPath, indices, picture.Width, picture.Height, options.Palette!);
            if (getOverlay is null) continue;
            getOverlay(ref overlaid);
            PngWriter.WriteRgb(file.OverlayPath!, overlaid);
        }
        picture.Dispose();
        overlaid?.Dispose();
    }
}
