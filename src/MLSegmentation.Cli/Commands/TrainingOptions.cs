using System.CommandLine;
using System.CommandLine.Parsing;
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
        Description = $"One of: {string.Join("; ", SegmentationNetworks.All.Select(network => $"{network.Name} ({network.Description})"))}.",
        HelpName = "NAME",
        DefaultValueFactory = _ => SegmentationNetworks.Default.Name,
    };

    private readonly Option<(int Width, int Height)?> _size = new("--size")
    {
        Description = $"The size that images are brought to, in multiples of {SizeMultiple}; training sees windows of three quarters of it. [default: by the images, at most about 352x272]",
        HelpName = "WxH",
        CustomParser = ParseSize,
    };

    private readonly Option<int?> _epochs = new("--epochs") { Description = "Times that every image is seen, instead of --minutes.", HelpName = "N" };

    private readonly Option<double?> _minutes = new("--minutes")
    {
        Description = $"The time to train for. [default: {TimeBudget.Least.TotalMinutes:0} to {TimeBudget.Most.TotalMinutes:0}, by the number of images]",
        HelpName = "N",
    };

    private readonly Option<int> _batch = new("--batch") { Description = "Images a step.", HelpName = "N", DefaultValueFactory = _ => _defaults.BatchSize };

    private readonly Option<double> _rate = new("--learning-rate")
    {
        Description = "The highest learning rate of Adam.",
        HelpName = "X",
        DefaultValueFactory = _ => _defaults.LearningRate,
    };

    private readonly Option<int> _seed = CommonOptions.Seed();

    private TrainingOptions() => _network.AcceptOnlyFromAmong([.. SegmentationNetworks.All.Select(network => network.Name)]);

    public static TrainingOptions Create() => new();

    public void AddTo(Command command)
    {
        command.Add(_network);
        command.Add(_size);
        command.Add(CommonOptions.AtLeast(_epochs, 1));
        command.Add(CommonOptions.Positive(_minutes));
        command.Add(CommonOptions.AtLeast(_batch, 1));
        command.Add(CommonOptions.Positive(_rate));
        command.Add(_seed);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_epochs) is not null && result.GetResult(_minutes) is not null) result.AddError("Give '--epochs' or '--minutes', not both.");
        });
    }

    public SegmentationNetwork Network(ParseResult result) => SegmentationNetworks.Find(result.GetRequiredValue(_network));

    public SegmentationTrainerOptions Read(ParseResult result, int images)
    {
        var (width, height) = result.GetValue(_size) ?? (0, 0);
        int? epochs = result.GetValue(_epochs);
        TimeSpan budget = result.GetValue(_minutes) is double minutes ? TimeSpan.FromMinutes(minutes) : TimeBudget.For(images);
        return _defaults with
        {
            ImageWidth = width,
            ImageHeight = height,
            Epochs = epochs ?? _defaults.Epochs,
            TimeBudget = epochs is null ? budget : null,
            BatchSize = result.GetValue(_batch),
            LearningRate = result.GetValue(_rate),
            Seed = result.GetValue(_seed),
        };
    }

    private static (int Width, int Height)? ParseSize(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] sides = text.Split('x');
        if (sides.Length == 2 && int.TryParse(sides[0], out int width) && int.TryParse(sides[1], out int height)
            && width > 0 && height > 0 && width % SizeMultiple == 0 && height % SizeMultiple == 0)
            return (width, height);
        result.AddError($"Option '--size' is {text}, expected width x height in multiples of {SizeMultiple}, such as 320x256.");
        return null;
    }
}
