using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation;

/// <summary>
/// Each opens a model in one way and answers a function that makes the masks of files, and how many pixels they have.
/// </summary>
internal static class Contestants
{
    /// <summary>
    /// ML.NET's own parts: LoadImages, ResizeImages, ExtractPixels, ApplyOnnxModel, and the best class by CustomMapping.
    /// </summary>
    public static Func<string[], long> Stock(string model)
    {
        var context = new MLContext();
        OnnxModelInfo info = OnnxModelInfo.FromFile(model);
        (int width, int height) = (info.Width!.Value, info.Height!.Value);
        var pipeline = context.Transforms.LoadImages("image", "", nameof(ImageFile.Path))
            .Append(
                context.Transforms.ResizeImages(
                    "image", width, height, "image", Microsoft.ML.Transforms.Image.ImageResizingEstimator.ResizingKind.Fill))
            .Append(context.Transforms.ExtractPixels("image"))
            .Append(context.Transforms.ApplyOnnxModel("probabilities", "image", model))
            .Append(
                context.Transforms.CustomMapping<Scores, Best>(
                    (scores, best) => best.Mask = ArgMax(scores.Probabilities, width * height), contractName: null));
        ITransformer fitted = pipeline.Fit(Rows(context, []));
        return files =>
            context.Data.CreateEnumerable<Best>(fitted.Transform(Rows(context, files)), reuseRowObject: true)
                .Sum(row => (long)row.Mask.Length);
    }

    /// <summary>
    /// SegmentImage over the paths; something may be done after each image.
    /// </summary>
    public static Func<string[], long> SegmentImage(string model, SegmentImageOptions options, Action afterEach)
    {
        var context = new MLContext();
        var segmenter = context.Transforms.SegmentImage("Mask", nameof(ImageFile.Path), model, options)
            .Fit(Rows(context, []));
        return files =>
        {
            IDataView masks = segmenter.Transform(Rows(context, files));
            using DataViewRowCursor cursor = masks.GetRowCursor([masks.Schema["Mask"]]);
            var getMask = cursor.GetGetter<VBuffer<uint>>(masks.Schema["Mask"]);
            VBuffer<uint> mask = default;
            long pixels = 0;
            while (cursor.MoveNext())
            {
                getMask(ref mask);
                pixels += mask.Length;
                afterEach();
            }
            return pixels;
        };
    }

    /// <summary>The network alone, on one tensor that is ready: no image is read.</summary>
    public static Func<string[], long> Session(string model)
    {
        OnnxModelInfo info = OnnxModelInfo.FromFile(model);
        var session = new InferenceSession(model);
        var pixels = new float[3 * info.Width!.Value * info.Height!.Value];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = i * 37 % 256;
        OrtValue tensor = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, info.Height.Value, info.Width.Value]);
        var options = new RunOptions();
        return files => files.Sum(_ =>
        {
            using var results = session.Run(options, ["image"], [tensor], ["mask"]);
            return (long)results[0].GetTensorDataAsSpan<byte>().Length;
        });
    }

    /// <summary>A command that is given the files' folder and writes PNG files; the time is that of the whole process.</summary>
    public static (double Seconds, double PeakMegabytes) Command(string[] command)
    {
        var clock = Stopwatch.StartNew();
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(20)) peak = Math.Max(peak, PeakOf(process));
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {output.Result}");
        return (clock.Elapsed.TotalSeconds, peak / (double)(1 << 20));
    }

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended just now.
            return 0;
        }
    }

    private static IDataView Rows(MLContext context, string[] files) =>
        context.Data.LoadFromEnumerable(files.Select(file => new ImageFile { Path = file }));

    private static byte[] ArgMax(float[] probabilities, int pixels)
    {
        var best = new byte[pixels];
        int classes = probabilities.Length / pixels;
        for (int i = 0; i < pixels; i++)
        {
            for (int index = 1; index < classes; index++)
            {
                if (probabilities[index * pixels + i] > probabilities[best[i] * pixels + i]) best[i] = (byte)index;
            }
        }
        return best;
    }

    private sealed class ImageFile
    {
        public string Path { get; set; } = "";
    }

    private sealed class Scores
    {
        [ColumnName("probabilities")]
        public float[] Probabilities { get; set; } = [];
    }

    private sealed class Best
    {
        public byte[] Mask { get; set; } = [];
    }
}
