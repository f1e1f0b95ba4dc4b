using System.CommandLine;
using System.CommandLine.Parsing;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli;

/// <summary>The options of <c>mlseg train segmentation</c> that say which network is trained, and what it starts from.</summary>
internal static class NetworkGroup
{
    private static readonly string[] _freezing = ["--freeze-encoder", "--freeze-stages"];

    public static OptionGroup<TrainSegmentationOptions> Create() => new()
    {
        {
            CommandOption.Of(
                "--network", "NAME",
                string.Join(
                    Environment.NewLine,
                    ["One of:", .. SegmentationNetworks.All.Select(network => $"{network.Name}: {network.Description}")]),
                SegmentationNetworks.Default.Name).OneOf([.. SegmentationNetworks.All.Select(network => network.Name)]),
            options => options.Network,
            (options, value) => options with { Network = SegmentationNetworks.Find(value) }
        },
        {
            CommandOption.Of<int>(
                "--head-width", "N",
                "Channels of the head of an FCN, 4096 as taught, of the pyramid of an FPN, or of DeepLabV3+. [default: 512, of "
                + "fcn8-bn-compact 256, of an FPN and of DeepLabV3+ 128]").AtLeast(1),
            options => options.Network.HeadWidth,
            (options, value) => options with { Network = WithHead(options.Network, value) }
        },
        {
            CommandOption.Of<int>(
                "--output-stride", "N",
                "16 or 32: by what the last map of DeepLabV3+ is smaller than the image. 32 has a quarter of the work in the "
                + "encoder's last stage. [default: 16, as in the paper]").OneOf("16", "32"),
            options => options.Network.Encoder.OutputStride,
            (options, value) => options with { Network = WithOutputStride(options.Network, value) }
        },
        {
            Weights(
                "none begins at random. [default: of *-resnet20 resnet18-imagenet, where it is on this machine; of others none]",
                PretrainedWeights.None),
            options => options.Trainer.PretrainedWeights,
            (options, value) => options with { Trainer = options.Trainer with { PretrainedWeights = value } }
        },
        {
            CommandOption.Flag(
                "--freeze-encoder",
                "Train the rest of the network only. With weights. Where images change by no more than --flip (--scales 1 "
                + "--brightness 0 --contrast 0) and --sizing is not native, the encoder's features are computed once and then "
                + "read."),
            options => options.Network.Encoder.IsTrainable,
            (options, value) => value ? options with { Network = WithFrozen(options.Network, Encoder.Stages) } : options
        },
        {
            CommandOption.Of<int>(
                "--freeze-stages", "N",
                "Leave the first N of the encoder's five stages as they are, counted from the image: 2 are what leads to a "
                + "quarter of its size. With weights. They take no backward pass, which is most of their time. [default: 2 with "
                + "the encoder's default weights, else 0]")
                .Within(0, Encoder.Stages),
            options => options.Network.Encoder.FrozenStages,
            (options, value) => options with { Network = WithFrozen(options.Network, value) }
        },
        {
            CommandOption.Of<double>(
                "--encoder-learning-rate", "X", "The highest learning rate of the encoder. [default: that of --learning-rate]")
                .AtLeast(0),
            options => options.Trainer.EncoderLearningRate,
            (options, value) => options with { Trainer = options.Trainer with { EncoderLearningRate = value } }
        },
        {
            CommandOption.Of(
                "--unfreeze-after", "X",
                "The part of the training after which the last stage of the encoder is trained too, and after as much again each "
                + "stage before it; 0 trains all from the start.", 0.0).Below(0, 1),
            options => options.Trainer.UnfreezeAfter,
            (options, value) => options with { Trainer = options.Trainer with { UnfreezeAfter = value } }
        },
        {
            CommandOption.Flag(
                "--fixed-upsampling", "Keep the upsamplings of the paper's FCNs bilinear; else they learn from that start."),
            options => options.Network.LearnsUpsampling,
            (options, value) => value ? options with { Network = WithFixedUpsampling(options.Network) } : options
        },
        {
            CommandOption.Of<string>(
                "--initial-model", "FILE",
                "An .onnx file of this tool, whose layers of equal name and shape the network starts from: an autoencoder over "
                + "the same encoder, or a network trained before."),
            options => options.Trainer.InitialModel,
            (options, value) => options with { Trainer = options.Trainer with { InitialModel = OnnxModelFile.Read(value) } }
        },
        CheckFrozen,
        result => FrozenStages(result) == Encoder.Stages
            && (result.Gives("--unfreeze-after") || result.Gives("--encoder-learning-rate"))
            ? "Give '--freeze-encoder' (or '--freeze-stages 5'), or '--unfreeze-after' and "
                + "'--encoder-learning-rate': a frozen encoder is not trained."
            : null,
    };

    private static string? CheckFrozen(CommandResult result)
    {
        string[] given = [.. _freezing.Where(result.Gives)];
        if (given.Length > 1) return "Give one of '--freeze-encoder' and '--freeze-stages', not both.";
        return given is [string option] && FrozenStages(result) > 0 && !HasWeights(result)
            ? $"Option '{option}' needs '--weights': an encoder that is frozen at random learns nothing."
            : null;
    }

    private static int FrozenStages(CommandResult result) => result.GetValue<bool>("--freeze-encoder")
        ? Encoder.Stages
        : result.Gives("--freeze-stages") ? result.GetValue<int>("--freeze-stages") : 0;

    private static bool HasWeights(CommandResult result)
    {
        if (result.Gives("--weights")) return result.GetValue<string>("--weights") != PretrainedWeights.None;
        string? name = result.GetValue<string>("--network");
        return SegmentationNetworks.All.FirstOrDefault(network => network.Name == name)?.DefaultWeights is not null;
    }

    /// <summary>The weights of an encoder.</summary>
    /// <param name="fallback">What help says of the default.</param>
    /// <param name="others">What may stand in place of a file or a name.</param>
    public static Option<string> Weights(string fallback, params string[] others)
    {
        string[] names = [.. WeightCatalogue.All.Select(file => file.Name), .. others];
        Option<string> option = CommandOption.Of<string>(
            "--weights", "FILE|NAME",
            "Trained weights of the encoder: a .h5, .pth, .safetensors or .onnx file, or a name of 'mlseg weights list'. "
            + fallback);
        option.Validators.Add(result =>
        {
            foreach (string typed in result.Tokens.Select(token => token.Value)
                .Where(typed => !names.Contains(typed) && !File.Exists(typed)))
            {
                result.AddError(
                    $"Option '--weights' is {typed}, expected a file that is there, or one of {string.Join(", ", names)}."
                    + Suggestion.For(typed, names));
            }
        });
        return option;
    }

    private static SegmentationNetwork WithFrozen(SegmentationNetwork network, int stages) =>
        network with { Encoder = network.Encoder with { FrozenStages = stages } };

    private static SegmentationNetwork WithHead(SegmentationNetwork network, int width) => network.HeadWidth > 0
        ? network with { HeadWidth = width }
        : throw new UsageException($"'--head-width' is for FCNs, FPNs and DeepLabV3+; '{network.Name}' has no head.");

    private static SegmentationNetwork WithOutputStride(SegmentationNetwork network, int stride) =>
        network.Encoder.OutputStride <= stride
            ? network with { Encoder = network.Encoder with { OutputStride = stride } }
            : throw new UsageException($"'--output-stride' is for DeepLabV3+, not for '{network.Name}'.");

    private static SegmentationNetwork WithFixedUpsampling(SegmentationNetwork network) => network.LearnsUpsampling is not null
        ? network with { LearnsUpsampling = false }
        : throw new UsageException($"'--fixed-upsampling' is for the paper's FCNs, not for '{network.Name}'.");
}
