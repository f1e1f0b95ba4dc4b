using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed partial class OptionGroupTest
{
    [TestMethod]
    public void Help_DefaultOfEachOption_IsTheRecordsOwn()
    {
        string[] wrong =
        [
            .. Wrong(TrainSegmentationGroup.Create(), new TrainSegmentationOptions()),
            .. Wrong(TrainAutoencoderGroup.Create(), new TrainAutoencoderOptions()),
            .. Wrong(CheckGroup.Create(), new CheckOptions()),
            .. Wrong(EvaluateGroup.Create(out _), new EvaluateOptions()),
            .. Wrong(SegmentGroup.Create(), new SegmentOptions()),
            .. Wrong(ConvertGroup.Create(), new ConvertOptions()),
            .. Wrong(PrelabelGroup.Create(), new PrelabelOptions()),
        ];

        Assert.IsEmpty(wrong, string.Join(Environment.NewLine, wrong));
    }

    [TestMethod]
    public void Help_DefaultOfEachOption_GivenByHandLeavesTheRecord()
    {
        string[] changed =
        [
            .. Changed(TrainSegmentationGroup.Create(), new TrainSegmentationOptions()),
            .. Changed(TrainAutoencoderGroup.Create(), new TrainAutoencoderOptions()),
            .. Changed(CheckGroup.Create(), new CheckOptions()),
            .. Changed(EvaluateGroup.Create(out _), new EvaluateOptions()),
            .. Changed(SegmentGroup.Create(), new SegmentOptions()),
            .. Changed(ConvertGroup.Create(), new ConvertOptions()),
            .. Changed(PrelabelGroup.Create(), new PrelabelOptions()),
        ];

        Assert.AreSequenceEqual(
            [
                // The rate of a training that is not told one is found when it begins. Without a seed, that of the MLContext
                // counts, which is 1 where it has none; without scales there is one view.
                "--learning-rate: 0.001 makes 0.001 of ",
                "--scales: 1 makes System.Double[] of ",
                "--seed: 1 makes 1 of ",
            ],
            changed.Distinct().Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public void Help_HeadWidth_HasTheDefaultOfEachNetwork() => Assert.IsEmpty(
        SegmentationNetworks.All.Where(network => network.HeadWidth > 0)
            .Where(network => network.HeadWidth != (network.Name.Split('-') switch
            {
                ["fpn" or "deeplabv3plus", _] => 128,
                ["fcn8", "bn", "compact"] => 256,
                _ => 512,
            }))
            .Select(network => network.Name));

    [TestMethod]
    public void Apply_NoOptionGiven_LeavesTheRecord()
    {
        var options = new PostprocessMaskOptions { MinRegionPixels = 7, Connectivity = Connectivity.Four };

        Assert.AreEqual(options, Apply(PostprocessingGroup.Create(), options, ""));
    }

    [TestMethod]
    public void Apply_OptionGiven_ChangesItsPropertyAlone()
    {
        var options = new PostprocessMaskOptions { MaxHolePixels = 7, Connectivity = Connectivity.Four };

        Assert.AreEqual(options with { MaxHolePixels = 0 }, Apply(PostprocessingGroup.Create(), options, "--max-hole 0"));
        Assert.AreEqual(
            options with { Connectivity = Connectivity.Eight }, Apply(PostprocessingGroup.Create(), options, "--connectivity 8"));
    }

    [TestMethod]
    public void Apply_SizingGiven_TakesNoSizeOfTheModel()
    {
        SegmentationOptions model = new SegmentationModelOptions
        {
            Sizing = ImageSizing.Letterbox,
            ImageWidth = 32,
            ImageHeight = 16,
            Threshold = 0.5f,
        };

        SegmentationOptions sized = Apply(ScoringGroup.Create(out _), model, "--sizing stretch");

        Assert.AreEqual(model with { Sizing = ImageSizing.Stretch, ImageWidth = null, ImageHeight = null }, sized);
        Assert.AreEqual(model with { ImageWidth = 8, ImageHeight = 9 }, Apply(ScoringGroup.Create(out _), model, "--size 8x9"));
    }

    [TestMethod]
    public void Apply_ModelFromElsewhere_SaysWhatItTakesAndAnswers()
    {
        var given = Apply(
            ScoringGroup.Create(out _), new SegmentationModelOptions(),
            "--preparation scale=1/255,mean=0.5,deviation=0.25,order=bgr --size-multiple 32 --output out "
            + "--scores independent-logits --one-channel --class-count 2 --threshold 0");

        Assert.AreEqual(
            new SegmentationModelOptions
            {
                Preparation = new() { Mean = [0.5], Deviation = [0.25], ColourOrder = ColourOrder.Bgr },
                SizeMultiple = 32,
                Output = "out",
                Scores = ScoreKind.IndependentLogits,
                OneChannel = true,
                Classes = 2,
                Threshold = 0,
            },
            given);
    }

    [TestMethod]
    [DataRow("--preparation imagenet", "expected one of as-is, zero-to-one, minus-one-to-one, imagenet-rgb, imagenet-bgr, caffe")]
    [DataRow("--preparation mean=x", "'x' is no number")]
    [DataRow("--scores logit", "independent-logits, independent-probabilities, labels. Did you mean")]
    [DataRow("--class-count 1", "expected at least 2")]
    [DataRow("--size-multiple 2000", "expected 1 to 1024")]
    public void Parse_WrongValueForAModelFromElsewhere_SaysWhatIsExpected(string line, string expected)
    {
        var command = new Command("command");
        ScoringGroup.Create(out _).AddTo(command);

        StringAssert.Contains(string.Join(' ', command.Parse(line).Errors.Select(error => error.Message)), expected);
    }

    [TestMethod]
    public void Help_Preparation_NamesEveryPreset()
    {
        string help = ImageModelGroup.Preparation().Description!;

        Assert.IsEmpty(
            typeof(ImagePreparation).GetProperties().Where(preset => preset.PropertyType == typeof(ImagePreparation))
                .Select(preset => preset.GetValue(null)!.ToString()!)
                .Where(preset => !help.Contains(preset, StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Apply_ViewsGiven_KeepWhatTheModelHasBeside()
    {
        double[] scales = [0.5, 1];
        SegmentationOptions scaled = new SegmentationModelOptions
        {
            TestTimeAugmentation = new() { HorizontalFlip = false, Scales = scales },
        };

        TestTimeAugmentationOptions mirrored = Apply(ScoringGroup.Create(out _), scaled, "--mirror").TestTimeAugmentation!;
        TestTimeAugmentationOptions alone = Apply(
            ScoringGroup.Create(out _), new SegmentationModelOptions(), "--scales 2,3").TestTimeAugmentation!;

        Assert.IsTrue(mirrored.HorizontalFlip);
        Assert.AreSequenceEqual(scales, mirrored.Scales);
        Assert.IsFalse(alone.HorizontalFlip);
        Assert.AreSequenceEqual([2.0, 3.0], alone.Scales);
    }

    [TestMethod]
    [DataRow("options => options.Loss.FocalGamma", "Loss.FocalGamma")]
    [DataRow("options => options.TestTimeAugmentation?.Scales", "TestTimeAugmentation.Scales")]
    [DataRow("options => options", "")]
    [DataRow("options => (options.CrossEntropy, options.Dice)", null)]
    [DataRow("_ => options.Dice", null)]
    public void PropertyPath_OfLambda_IsWhatItReads(string lambda, string? expected) =>
        Assert.AreEqual(expected, PropertyPath.Of(lambda));

    private static IEnumerable<string> Wrong<T>(OptionGroup<T> group, T defaults) =>
        from target in @group
        where target.Option.HasDefaultValue && target.Option.HelpName is not null
        let shown = target.Option.GetDefaultValue()
        let own = target.Read(defaults)
        where shown?.GetType() == own?.GetType() && !Equals(shown, own)
        select $"{target.Option.Name} shows {shown}, the record has {own}";

    /// <summary>Options whose default, typed as help has it, is another value than the record's own.</summary>
    private static IEnumerable<string> Changed<T>(OptionGroup<T> group, T defaults)
    {
        var command = new Command("command");
        foreach (OptionTarget<T> target in group) command.Add(target.Option);
        foreach (OptionTarget<T> target in group.Where(target => target.Option.HelpName is not null))
        {
            string? typed = target.Option.HasDefaultValue
                ? Convert.ToString(target.Option.GetDefaultValue(), CultureInfo.InvariantCulture)
                : ShownDefault().Match(target.Option.Description!) is { Success: true } shown ? shown.Groups[1].Value : null;
            if (typed is null) continue;
            ParseResult result = command.Parse([target.Option.Name, typed]);
            bool isNone = result.GetResult(target.Option)!.Errors.Any() && typed == "none";
            object? own = target.Read(defaults), now = isNone ? null : target.Read(target.Apply(result, defaults));
            if (!Same(own, now)) yield return $"{target.Option.Name}: {typed} makes {now} of {own}";
        }
    }

    private static bool Same(object? one, object? other) => one is IEnumerable<object> list && other is IEnumerable<object> others
        ? list.SequenceEqual(others)
        : Equals(one, other);

    // Several words tell how the default comes about.
    [GeneratedRegex(@"\[default: (\S+)\]")]
    private static partial Regex ShownDefault();

    private static T Apply<T>(OptionGroup<T> group, T options, string line)
    {
        var command = new Command("command");
        group.AddTo(command);
        return group.Apply(command.Parse(line), options);
    }
}
