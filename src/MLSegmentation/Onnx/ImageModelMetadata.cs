using System.Globalization;
using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// What an exported graph says about itself in the <c>metadata_props</c> of its ONNX file, so that one file is the model.
/// Every key starts with <c>mlsegmentation.</c>; a graph from elsewhere has none of them, and every value then has its default.
/// </summary>
public sealed record ImageModelMetadata
{
    internal const string Prefix = "mlsegmentation.";
    private const int Format = 1;

    /// <summary>
    /// What the graph does: <c>segmentation</c>, <c>reconstruction</c> or <c>classification</c>; empty in a graph from elsewhere.
    /// </summary>
    public string Task { get; init; } = "";

    /// <summary>The network's name, such as <c>unet-compact</c>.</summary>
    public string Network { get; init; } = "";

    /// <summary>Class names in the order of the network's channels; empty where the graph names none.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>The colour of each class; empty where the graph names none.</summary>
    public IReadOnlyList<Rgb> Palette { get; init; } = [];

    /// <summary>The label value that training left out; null where every value is a class.</summary>
    public int? IgnoreLabel { get; init; }

    /// <summary>
    /// The value that the first class has in masks of numbers, 0 by default. 1 where masks count from 1, and 0 is no class, as
    /// <c>do_reduce_labels</c> of Hugging Face says.
    /// </summary>
    public int FirstLabel { get; init; }

    /// <summary>The colour of ignored areas in colour-coded masks; null where there is none.</summary>
    public Rgb? IgnoreColour { get; init; }

    /// <summary>
    /// Whether somebody gave <see cref="Palette"/>, so that masks of these colours show these classes; else it is good for
    /// pictures alone.
    /// </summary>
    public bool HasGivenPalette { get; init; }

    /// <summary>Height and width must be multiples of this, 1 by default: the network's total stride.</summary>
    public int SizeMultiple { get; init; } = 1;

    /// <summary>The width in pixels that the network was trained at; 0 where unknown.</summary>
    public int ImageWidth { get; init; }

    /// <summary>The height in pixels that the network was trained at; 0 where unknown.</summary>
    public int ImageHeight { get; init; }

    /// <summary>
    /// How images were sized for training, and are for scoring unless told otherwise. Default <see cref="ImageSizing.Native"/>.
    /// </summary>
    public ImageSizing Sizing { get; init; } = ImageSizing.Native;

    /// <summary>
    /// The values that became black and white where the samples of the training images have more than 8 bits. They do so in
    /// scoring too, unless it is told otherwise. Null, the default, stands for the least and the greatest of their type.
    /// </summary>
    public SampleRange? SampleRange { get; init; }

    /// <summary>
    /// What the scores were that <c>probabilities</c> is made of, in a graph that was adopted. Null, the default, stands for
    /// probabilities of classes that exclude each other, as exported graphs have them.
    /// </summary>
    public ScoreKind? Scores { get; init; }

    /// <summary>
    /// The least probability of the foreground, the second of two classes, 0 to 1, where <c>mask</c> has it. A graph that was
    /// adopted with one channel has it, and one whose training chose it on validation images. Null, the default, stands for the
    /// most probable class.
    /// </summary>
    public float? ForegroundThreshold { get; init; }

    /// <summary>
    /// Regions of fewer pixels than this become the first class in scoring, as training chose on validation images. The pixels
    /// are those that the network sees. Default 0: all stay.
    /// </summary>
    public int MinRegionPixels { get; init; }

    /// <summary>
    /// The weights that the encoder's training began with, such as <c>resnet18-imagenet</c> or a file's name; empty, the default,
    /// where it began at random or nobody says.
    /// </summary>
    public string EncoderWeights { get; init; } = "";

    /// <summary>The number of the network's weights, trainable or not; 0 where unknown.</summary>
    public long Parameters { get; init; }

    /// <summary>The properties as they stand in an ONNX file.</summary>
    public IReadOnlyDictionary<string, string> ToProperties()
    {
        var properties = new Dictionary<string, string>
        {
            [Prefix + "format"] = Format.ToString(CultureInfo.InvariantCulture),
            [Prefix + "task"] = Task,
            [Prefix + "network"] = Network,
            [Prefix + "sizeMultiple"] = SizeMultiple.ToString(CultureInfo.InvariantCulture),
            [Prefix + "imageWidth"] = ImageWidth.ToString(CultureInfo.InvariantCulture),
            [Prefix + "imageHeight"] = ImageHeight.ToString(CultureInfo.InvariantCulture),
            [Prefix + "sizing"] = Sizing.ToString().ToLowerInvariant(),
            [Prefix + "parameters"] = Parameters.ToString(CultureInfo.InvariantCulture),
        };
        if (ClassNames.Count > 0) properties[Prefix + "classes"] = JsonSerializer.Serialize(ClassNames);
        if (Palette.Count > 0)
            properties[Prefix + "palette"] = JsonSerializer.Serialize(Palette.Select(colour => colour.ToString()));
        if (HasGivenPalette) properties[Prefix + "paletteIsGiven"] = bool.TrueString;
        if (IgnoreLabel is int ignore) properties[Prefix + "ignoreLabel"] = ignore.ToString(CultureInfo.InvariantCulture);
        if (FirstLabel > 0) properties[Prefix + "firstLabel"] = FirstLabel.ToString(CultureInfo.InvariantCulture);
        if (SampleRange is { } range) properties[Prefix + "sampleRange"] = range.ToString();
        if (Scores is { } scores) properties[Prefix + "scores"] = scores.ToString().ToLowerInvariant();
        if (ForegroundThreshold is { } least)
            properties[Prefix + "foregroundThreshold"] = least.ToString(CultureInfo.InvariantCulture);
        if (MinRegionPixels > 0) properties[Prefix + "minRegionPixels"] = MinRegionPixels.ToString(CultureInfo.InvariantCulture);
        if (EncoderWeights.Length > 0) properties[Prefix + "encoderWeights"] = EncoderWeights;
        if (IgnoreColour is { } colour) properties[Prefix + "ignoreColour"] = colour.ToString();
        return properties;
    }

    /// <summary>Reads the properties of an ONNX file; keys of others are passed over.</summary>
    /// <exception cref="FormatException">A value of this project's keys cannot be read, or is of a newer format.</exception>
    public static ImageModelMetadata FromProperties(IReadOnlyDictionary<string, string> properties)
    {
        string? Get(string key) => properties.GetValueOrDefault(Prefix + key);
        string Shown(string key) => PrintableText.Of(Get(key) ?? "");
        int Number(string key, int fallback) => Get(key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
        string[] List(string key) => Get(key) is { } text ? Deserialize(key, text) : [];

        if (Number("format", Format) > Format)
        {
            throw new FormatException(
                $"The model's metadata has the format {Shown("format")}, this version reads up to {Format}. Update "
                + "MLSegmentation.");
        }
        if (Get("task") is not (null or "" or ModelTasks.Segmentation or ModelTasks.Reconstruction
            or ModelTasks.Classification))
        {
            throw new FormatException(
                $"The model's metadata says the task '{Shown("task")}', expected '{ModelTasks.Segmentation}', "
                + $"'{ModelTasks.Reconstruction}' or '{ModelTasks.Classification}'. Update MLSegmentation.");
        }
        if (Number("sizeMultiple", 1) < 1)
        {
            throw new FormatException(
                $"The model's metadata '{Prefix}sizeMultiple' is {Shown("sizeMultiple")}, expected at least 1.");
        }
        if (Number("firstLabel", 0) is < 0 or > ushort.MaxValue)
        {
            throw new FormatException(
                $"The model's metadata '{Prefix}firstLabel' is {Shown("firstLabel")}, expected 0 to {ushort.MaxValue}.");
        }
        if (Number("imageWidth", 0) < 0 || Number("imageHeight", 0) < 0)
        {
            throw new FormatException(
                $"The model's metadata has the size {Shown("imageWidth")}×{Shown("imageHeight")}, expected 0 (unknown) or more.");
        }
        float? threshold = Get("foregroundThreshold") is { } least ? float.Parse(least, CultureInfo.InvariantCulture) : null;
        if (!(threshold is null or (>= 0 and <= 1)))
        {
            throw new FormatException(
                $"The model's metadata '{Prefix}foregroundThreshold' is {Shown("foregroundThreshold")}, expected 0 to 1.");
        }
        int region = Number("minRegionPixels", 0);
        if (region < 0 || region > ImageLimit.Pixels)
        {
            throw new FormatException(
                $"The model's metadata '{Prefix}minRegionPixels' is {Shown("minRegionPixels")}, expected 0 to "
                + $"{ImageLimit.Pixels}.");
        }
        return new ImageModelMetadata
        {
            Task = Get("task") ?? "",
            Network = Get("network") ?? "",
            ClassNames = List("classes"),
            Palette = [.. List("palette").Select(Rgb.Parse)],
            HasGivenPalette = Get("paletteIsGiven") is not null,
            IgnoreLabel = Get("ignoreLabel") is null ? null : Number("ignoreLabel", 0),
            FirstLabel = Number("firstLabel", 0),
            IgnoreColour = Get("ignoreColour") is { } colour ? Rgb.Parse(colour) : null,
            SizeMultiple = Number("sizeMultiple", 1),
            ImageWidth = Number("imageWidth", 0),
            ImageHeight = Number("imageHeight", 0),
            Sizing = Get("sizing") is { } sizing ? Parse<ImageSizing>("sizing", sizing) : ImageSizing.Native,
            SampleRange = Get("sampleRange") is { } range ? SampleRange.Parse(range) : null,
            Scores = Get("scores") is { } scores ? Parse<ScoreKind>("scores", scores) : null,
            ForegroundThreshold = threshold,
            MinRegionPixels = region,
            EncoderWeights = Get("encoderWeights") ?? "",
            Parameters = Get("parameters") is { } count ? long.Parse(count, CultureInfo.InvariantCulture) : 0,
        };
    }

    private static T Parse<T>(string key, string text)
        where T : struct, Enum => Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value)
            ? value
            : throw new FormatException(
                $"The model's metadata '{Prefix}{key}' is '{PrintableText.Of(text)}', expected one "
                + $"of {string.Join(", ", Enum.GetNames<T>())}.");

    private static string[] Deserialize(string key, string text)
    {
        try
        {
            string?[] list = JsonSerializer.Deserialize<string?[]>(text) ?? [];
            return [.. list.Select(element => element ?? throw new JsonException("An element is null."))];
        }
        catch (JsonException error)
        {
            throw new FormatException(
                $"The model's metadata '{Prefix}{key}' is '{PrintableText.Of(text)}', expected a JSON array of strings.", error);
        }
    }
}
