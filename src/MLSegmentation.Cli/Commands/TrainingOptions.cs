using System.CommandLine;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg train segmentation</c> that say how to train.</summary>
internal sealed class TrainingOptions
{
    private const int SizeMultiple = 32;
    private static readonly SegmentationTrainerOptions _defaults = new();
    private static readonly Dictionary<string, ImageSizing?> _sizings = new()
    {
        ["letterbox"] = ImageSizing.Letterbox,
        ["stretch"] = ImageSizing.Stretch,
        ["native"] = ImageSizing.Native,
    };

    private readonly Option<string> _network = new("--network")
    {
        Description = string.Join(Environment.NewLine, ["One of:", .. SegmentationNetworks.All.Select(network => $"{network.Name}: {network.Description}")]),
        HelpName = "NAME",
        DefaultValueFactory = _ => SegmentationNetworks.Default.Name,
    };

    private readonly Option<int?> _headWidth = CommonOptions.AtLeast(
        new Option<int?>("--head-width") { Description = "Channels of the head of an FCN: 4096 as taught. [default: 512, of fcn8-bn-compact 256]", HelpName = "N" }, 1);

    private readonly Option<string?> _weights = new("--weights")
    {
        Description = "Trained weights of the encoder: a .h5, .pth or .safetensors file, or a name of 'mlseg weights list'. [default: the encoder begins at random]",
        HelpName = "FILE|NAME",
    };

    private readonly Option<bool> _freeze = new("--freeze-encoder")
    {
        Description = "Train the rest of the network only. With --weights. Where images change by no more than --flip (--scales 1 --brightness 0 "
            + "--contrast 0) and --sizing is not native, the encoder's features are computed once and then read.",
    };

    private readonly Option<bool> _fixedUpsampling = new("--fixed-upsampling")
    {
        Description = "Keep the upsamplings of the paper's FCNs bilinear; else they learn from that start.",
    };

    private readonly Option<string?> _initialModel = new("--initial-model")
    {
        Description = "An .onnx file of this tool, whose layers of equal name and shape the network starts from: an autoencoder over the same encoder, or a network trained before.",
        HelpName = "FILE",
    };

    private readonly Option<ImageSizing?> _sizing = new("--sizing")
    {
        Description = "How images are brought to their size, here and in scoring: letterbox (keeps the proportions), stretch, or native (keeps the size). [default: letterbox]",
        HelpName = "NAME",
        CustomParser = result => CommonOptions.ParseName(result, _sizings),
    };

    private readonly Option<(int Width, int Height)?> _size = ImageSize.Option(
        "--size", "The size that images are brought to; training sees windows of three quarters of it. [default: by the images, at most about 352x272]");

    private readonly Option<(int Width, int Height)?> _window = ImageSize.Option(
        "--window", $"The part of an image that a training step sees, in multiples of {SizeMultiple}. [default: about three quarters of the image's sides]", SizeMultiple, 2 * SizeMultiple);

    private readonly AugmentationOptionSet _augmentation = new(_defaults.Augmentation, hasMasks: true);
    private readonly LossOptions _loss = new();
    private readonly OptimizationOptions _optimization = new(
        _defaults,
        "Times that every image is seen, instead of --minutes.",
        $"The time to train for. [default: {TimeBudget.Least.TotalMinutes:0} to {TimeBudget.Most.TotalMinutes:0}, by the number of images]");

    private TrainingOptions()
    {
        _network.OneOf([.. SegmentationNetworks.All.Select(network => network.Name)]);
        _weights.Validators.Add(result =>
        {
            string[] names = [.. WeightCatalogue.All.Select(file => file.Name)];
            foreach (string typed in result.Tokens.Select(token => token.Value).Where(typed => !names.Contains(typed) && !File.Exists(typed)))
                result.AddError($"Option '--weights' is {typed}, expected a file that is there, or one of {string.Join(", ", names)}.{Suggestion.For(typed, names)}");
        });
    }

    public static TrainingOptions Create() => new();

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="validation">Its options that give images to validate with.</param>
    public void AddTo(Command command, params Option[] validation)
    {
        command.Add(_network);
        command.Add(_headWidth);
        command.Add(_weights);
        command.Add(_freeze);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_freeze) && result.GetResult(_weights) is null)
                result.AddError("Option '--freeze-encoder' needs '--weights': an encoder that is frozen at random learns nothing.");
        });
        command.Add(_fixedUpsampling);
        command.Add(_initialModel);
        command.Add(_sizing);
        command.Add(_size);
        command.Add(_window);
        _augmentation.AddTo(command);
        _loss.AddTo(command);
        _optimization.AddTo(command, validation);
    }

    public SegmentationNetwork Network(ParseResult result)
    {
        SegmentationNetwork network = SegmentationNetworks.Find(result.GetRequiredValue(_network));
        if (result.GetValue(_headWidth) is int width)
        {
            if (network.HeadWidth == 0) throw new UsageException($"'--head-width' is for the FCNs; '{network.Name}' has no head.");
            network = network with { HeadWidth = width };
        }
        if (result.GetValue(_fixedUpsampling))
        {
            if (network.LearnsUpsampling is null) throw new UsageException($"'--fixed-upsampling' is for the paper's FCNs, not for '{network.Name}'.");
            network = network with { LearnsUpsampling = false };
        }
        return result.GetValue(_freeze) ? network with { Encoder = network.Encoder with { IsTrainable = false } } : network;
    }

    public SegmentationTrainerOptions Read(ParseResult result, int images, string file)
    {
        var (width, height) = result.GetValue(_size) ?? (0, 0);
        var (windowWidth, windowHeight) = result.GetValue(_window) ?? (0, 0);
        SegmentationTrainerOptions options = _defaults with
        {
            ImageWidth = width,
            ImageHeight = height,
            WindowWidth = windowWidth,
            WindowHeight = windowHeight,
            Sizing = result.GetValue(_sizing) ?? _defaults.Sizing,
            Augmentation = _augmentation.Read(result, _defaults.Augmentation),
            Loss = _loss.Read(result),
            PretrainedWeights = result.GetValue(_weights),
            InitialModel = result.GetValue(_initialModel) is { } initial ? OnnxModelFile.Read(initial) : default,
        };
        return _optimization.Read(options, result, TimeBudget.For(images), file);
    }
}
