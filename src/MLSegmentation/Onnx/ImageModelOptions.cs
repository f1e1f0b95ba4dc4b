using System.Globalization;
using System.Text.Json.Serialization;

namespace MLSegmentation;

/// <summary>
/// Options that every model of images has, whatever it makes of them; the defaults take everything from the model.
/// </summary>
public abstract record ImageModelOptions
{
    /// <summary>The most that <see cref="SizeMultiple"/> can be.</summary>
    internal const int MostMultiple = 1024;

    private protected ImageModelOptions()
    {
    }

    /// <summary>
    /// How an image is brought to the model's size. Default null: as the model's metadata says. A model without metadata takes
    /// images as they are where its size is free (<see cref="ImageSizing.Native"/>), and stretched where it is fixed
    /// (<see cref="ImageSizing.Stretch"/>).
    /// </summary>
    public ImageSizing? Sizing { get; init; }

    /// <summary>
    /// The width in pixels, at least 1, to stretch to, fit into, or crop to, or that of a tile; needs <see cref="ImageHeight"/>
    /// and a sizing other than <see cref="ImageSizing.Native"/>, and a model of free size. Default null: the model's; for tiles
    /// of a model that does not tell, 512.
    /// </summary>
    public int? ImageWidth { get; init; }

    /// <summary>The height in pixels that belongs to <see cref="ImageWidth"/>. Default null: the model's.</summary>
    public int? ImageHeight { get; init; }

    /// <summary>
    /// Height and width of what the model sees are padded to multiples of this, 1 to 1024, and cropped back. Only for models of
    /// free size. Default null: as the model says, or as trying it shows.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SizeMultiple { get; init; }

    /// <summary>
    /// The values that become black and white where image files have samples of more than 8 bits; images that are decoded already
    /// have theirs. Default null: as the model's metadata says, or the least and the greatest of their type where it says
    /// nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SampleRange? SampleRange { get; init; }

    /// <summary>
    /// What is done to the values of pixels before the model sees them. Default null: as the model says: in its metadata, in the
    /// files that Hugging Face or Ultralytics write, or by the first nodes of its graph. Where nothing says it, it must be given,
    /// and where the model says something else, it is an error.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImagePreparation? Preparation { get; init; }

    /// <summary>
    /// The threads of one run of the network, at least 1. Any number of runs may then go on at once; they share all threads but
    /// their own first. Default null: the cores are shared out. One run at a time has them all. Networks of a fixed size up to
    /// 131,072 pixels have two runs at a time. From eight cores on there is one for every four cores.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// What the model runs on. One that is named must be usable, else opening the model is an error that says what is missing.
    /// Default null: an NVIDIA GPU where <c>MLContext.GpuDeviceId</c> gives one, else the CPU. Session options of the
    /// application's own come before it: <c>OnnxSessionOptions.CreateSessionOptions</c> of ML.NET. It is how a model is run and
    /// not what it is, so a zip does not keep it: there the <c>MLContext</c> that loads the zip decides.
    /// </summary>
    [JsonIgnore]
    public ExecutionProvider? ExecutionProvider { get; init; }

    /// <summary>
    /// The number of the device, counted from 0; only with the <see cref="ExecutionProvider"/> Cuda, TensorRt, OpenVino,
    /// DirectMl or Auto. With Auto it is for whichever is taken; the CPU and CoreMl pass over it. Default null:
    /// <c>MLContext.GpuDeviceId</c> where that is given, else the first, or the one that OpenVINO chooses. A zip does not keep
    /// it.
    /// </summary>
    [JsonIgnore]
    public int? DeviceId { get; init; }

    /// <summary>
    /// What becomes of a row whose image is missing, damaged or too large. Default <see cref="BadImagePolicy.Throw"/>, which is
    /// all that a <see cref="SegmentationModel"/> takes: it has no rows. A bad image is never scored.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public BadImagePolicy BadImagePolicy { get; init; }

    /// <summary>
    /// The name of a text column that is empty for a scored image and says what is wrong with another. Needed with, and only
    /// with, <see cref="BadImagePolicy.ErrorColumn"/>. Default null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BadImageColumnName { get; init; }

    /// <summary>Checks what can be checked without a model.</summary>
    /// <param name="options">The options, under the name that public methods have for them.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or options contradict each other.</exception>
    internal static void Check(ImageModelOptions options)
    {
        if (options.Sizing is { } sizing && !Enum.IsDefined(sizing))
            throw new ArgumentOutOfRangeException(nameof(options), sizing, "The Sizing is unknown.");
        if (options.ImageWidth is null != options.ImageHeight is null)
        {
            throw new ArgumentException(
                $"ImageWidth is {Text(options.ImageWidth)} and ImageHeight is {Text(options.ImageHeight)}: give both or "
                + "none.", nameof(options));
        }
        if (options.ImageWidth is < 1 || options.ImageHeight is < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                $"ImageWidth and ImageHeight are {options.ImageWidth}×{options.ImageHeight}, expected at least 1×1.");
        }
        if (options.SizeMultiple is < 1 or > MostMultiple)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.SizeMultiple,
                $"Expected 1 to {MostMultiple} for SizeMultiple, or null to leave it open.");
        }
        if (options.Threads is < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Threads, "Expected at least 1 for Threads, or null to leave it to the library.");
        }
        CheckProvider(options);
        if (!Enum.IsDefined(options.BadImagePolicy))
            throw new ArgumentOutOfRangeException(nameof(options), options.BadImagePolicy, "The BadImagePolicy is unknown.");
        if (options.BadImageColumnName is null == (options.BadImagePolicy == BadImagePolicy.ErrorColumn))
        {
            throw new ArgumentException(
                $"The BadImagePolicy is {options.BadImagePolicy} and the BadImageColumnName "
                + $"is {options.BadImageColumnName ?? "null"}: give a name with {BadImagePolicy.ErrorColumn}, and null with any "
                + "other.", nameof(options));
        }
    }

    private static void CheckProvider(ImageModelOptions options)
    {
        if (options.ExecutionProvider is { } provider && !Enum.IsDefined(provider))
            throw new ArgumentOutOfRangeException(nameof(options), provider, "The ExecutionProvider is unknown.");
        if (options.DeviceId is < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.DeviceId, "The DeviceId is the number of a device, expected 0 or more.");
        }
        if (options.DeviceId is int device && !ProviderTable.HasDevicesToChoose(options.ExecutionProvider))
        {
            throw new ArgumentException(
                $"The DeviceId is {device}, but the ExecutionProvider is {options.ExecutionProvider?.ToString() ?? "null"}: give "
                + "a number with Cuda, TensorRt, OpenVino, DirectMl or Auto, and null with any other.", nameof(options));
        }
    }

    private static string Text(int? size) => size?.ToString(CultureInfo.InvariantCulture) ?? "null";
}
