using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli.Commands;

/// <summary>The options of <c>mlseg train segmentation</c> that say how to train.</summary>
internal sealed class TrainingOptions
{
    private const int SizeMultiple = 32;
    private static readonly SegmentationTrainerOptions _defaults = new();
    private readonly Option<string> _network = new("--network")
    {
        Description = string.Join(Environment.NewLine, ["One of:", .. SegmentationNetworks.All.Select(network => $"{network.Name}: {network.Description}")]),
        HelpName = "NAME",
        DefaultValueFactory = _ => SegmentationNetworks.Default.Name,
    };

    private readonly Option<int?> _headWidth = CommonOptions.AtLeast(
        new Option<int?>("--head-width") { Description = "Channels of the head of an FCN: 4096 as taught. [default: 512, of fcn8-compact 256]", HelpName = "N" }, 1);

    private readonly Option<string?> _weights = new("--weights")
    {
        Description = "Trained weights of the encoder: a .h5, .pth or .safetensors file, or a name of 'mlseg weights list'. [default: the encoder begins at random]",
        HelpName = "FILE|NAME",
    };

    private readonly Option<bool> _freeze = new("--freeze-encoder") { Description = "Train the rest of the network only. With --weights." };

    private readonly Option<(int Width, int Height)?> _size = new("--size")
    {
        Description = $"The size that images are brought to, in multiples of {SizeMultiple}; training sees windows of three quarters of it. [default: by the images, at most about 352x272]",
        HelpName = "WxH",
        CustomParser = ParseSize,
    };

    private readonly Option<(int Width, int Height)?> _window = new("--window")
    {
        Description = $"The part of an image that a training step sees, in multiples of {SizeMultiple}. [default: about three quarters of the image's sides]",
        HelpName = "WxH",
        CustomParser = ParseSize,
    };

    private readonly Option<bool> _noFlip = new("--no-flip") { Description = "Never mirror an image left to right." };

    private readonly Option<(double Least, double Most)?> _scales = new("--scales")
    {
        Description = $"The range of random scales, or 1 for none. [default: {_defaults.Augmentation.MinScale}-{_defaults.Augmentation.MaxScale}]",
        HelpName = "X-Y",
        CustomParser = ParseScales,
    };

    private readonly Option<bool> _noColours = new("--no-colour-changes") { Description = "Never change brightness and contrast." };
    private readonly LossOptions _loss = new();
    private readonly OptimizationOptions _optimization = new(
        _defaults, $"The time to train for. [default: {TimeBudget.Least.TotalMinutes:0} to {TimeBudget.Most.TotalMinutes:0}, by the number of images]");

    private TrainingOptions() => _network.AcceptOnlyFromAmong([.. SegmentationNetworks.All.Select(network => network.Name)]);

    public static TrainingOptions Create() => new();

    public void AddTo(Command command)
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
        command.Add(_size);
        command.Add(_window);
        command.Add(_noFlip);
        command.Add(_scales);
        command.Add(_noColours);
        _loss.AddTo(command);
        _optimization.AddTo(command);
    }

    public SegmentationNetwork Network(ParseResult result)
    {
        SegmentationNetwork network = SegmentationNetworks.Find(result.GetRequiredValue(_network));
        if (result.GetValue(_headWidth) is int width)
        {
            if (network.HeadWidth == 0) throw new UsageException($"'--head-width' is for the FCNs; '{network.Name}' has no head.");
            network = network with { HeadWidth = width };
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
            Augmentation = Augmentation(result),
            Loss = _loss.Read(result),
            PretrainedWeights = result.GetValue(_weights),
        };
        return _optimization.Read(options, result, TimeBudget.For(images), file);
    }

    private AugmentationOptions Augmentation(ParseResult result)
    {
        AugmentationOptions options = _defaults.Augmentation with { HorizontalFlip = !result.GetValue(_noFlip) };
        if (result.GetValue(_scales) is var (least, most)) options = options with { MinScale = least, MaxScale = most };
        return result.GetValue(_noColours) ? options with { Brightness = 0, Contrast = 0 } : options;
    }

    private static (int Width, int Height)? ParseSize(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] sides = text.Split('x');
        if (sides.Length == 2 && int.TryParse(sides[0], out int width) && int.TryParse(sides[1], out int height)
            && width > 0 && height > 0 && width % SizeMultiple == 0 && height % SizeMultiple == 0)
            return (width, height);
        result.AddError($"Option '{((OptionResult)result.Parent!).Option.Name}' is {text}, expected width x height in multiples of {SizeMultiple}, such as 320x256.");
        return null;
    }

    private static (double Least, double Most)? ParseScales(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] ends = text.Split('-');
        if (ends.Length <= 2 && double.TryParse(ends[0], CultureInfo.InvariantCulture, out double least)
            && double.TryParse(ends[^1], CultureInfo.InvariantCulture, out double most) && least > 0 && most >= least && double.IsFinite(most))
            return (least, most);
        result.AddError($"Option '--scales' is {text}, expected two numbers above 0, the smaller first, such as 0.6-1.25, or one number.");
        return null;
    }
}
