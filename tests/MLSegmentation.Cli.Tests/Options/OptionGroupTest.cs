using System.CommandLine;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class OptionGroupTest
{
    [TestMethod]
    public void Help_DefaultOfEachOption_IsTheRecordsOwn()
    {
        string[] wrong =
        [
            .. Wrong(TrainSegmentationGroup.Create(), new TrainSegmentationOptions()),
            .. Wrong(TrainAutoencoderGroup.Create(), new TrainAutoencoderOptions()),
            .. Wrong(CheckGroup.Create(), new CheckOptions()),
            .. Wrong(EvaluateGroup.Create(), new EvaluateOptions()),
            .. Wrong(SegmentGroup.Create(), new SegmentOptions()),
        ];

        Assert.IsEmpty(wrong, string.Join(Environment.NewLine, wrong));
    }

    [TestMethod]
    public void Apply_NoOptionGiven_LeavesTheRecord()
    {
        var options = new PostprocessMaskOptions { MinRegionPixels = 7, Connectivity = Connectivity.Four };

        Assert.AreEqual(options, Apply(PostprocessingGroup.Create(), options, ""));
    }

    [TestMethod]
    public void Apply_OptionGiven_ChangesItsPropertyAlone()
    {
        var options = new PostprocessMaskOptions { MinRegionPixels = 7, Connectivity = Connectivity.Four };

        Assert.AreEqual(options with { MinRegionPixels = 0 }, Apply(PostprocessingGroup.Create(), options, "--min-region 0"));
        Assert.AreEqual(
            options with { Connectivity = Connectivity.Eight }, Apply(PostprocessingGroup.Create(), options, "--connectivity 8"));
    }

    [TestMethod]
    public void Apply_SizingGiven_TakesNoSizeOfTheModel()
    {
        SegmentationOptions model = new() { Sizing = ImageSizing.Letterbox, ImageWidth = 32, ImageHeight = 16, Threshold = 0.5f };

        SegmentationOptions sized = Apply(ScoringGroup.Create(out _), model, "--sizing stretch");

        Assert.AreEqual(model with { Sizing = ImageSizing.Stretch, ImageWidth = null, ImageHeight = null }, sized);
        Assert.AreEqual(model with { ImageWidth = 8, ImageHeight = 9 }, Apply(ScoringGroup.Create(out _), model, "--size 8x9"));
    }

    [TestMethod]
    public void Apply_ViewsGiven_KeepWhatTheModelHasBeside()
    {
        double[] scales = [0.5, 1];
        SegmentationOptions scaled = new() { TestTimeAugmentation = new() { HorizontalFlip = false, Scales = scales } };

        TestTimeAugmentationOptions mirrored = Apply(ScoringGroup.Create(out _), scaled, "--mirror").TestTimeAugmentation!;
        TestTimeAugmentationOptions alone = Apply(
            ScoringGroup.Create(out _), new SegmentationOptions(), "--scales 2,3").TestTimeAugmentation!;

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

    private static T Apply<T>(OptionGroup<T> group, T options, string line)
    {
        var command = new Command("command");
        group.AddTo(command);
        return group.Apply(command.Parse(line), options);
    }
}
