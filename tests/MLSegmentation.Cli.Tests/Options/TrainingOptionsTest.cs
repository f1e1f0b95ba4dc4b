using System.CommandLine;
using MLSegmentation.Training;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli.Tests;

/// <summary>Each option of <c>mlseg train segmentation</c> ends in the property that it names.</summary>
[TestClass]
public sealed class TrainingOptionsTest
{
    private const string Files = "--images i --masks m --out model.onnx";

    public static IEnumerable<object?[]> Options()
    {
        static object?[] Row(string arguments, Func<SegmentationTrainerOptions, object?> read, object? expected) =>
            [arguments, read, expected];
        yield return Row("--epochs 7", options => (options.Epochs, options.TimeBudget), ((int?)7, (TimeSpan?)null));
        yield return Row("--minutes 3", options => options.TimeBudget, TimeSpan.FromMinutes(3));
        yield return Row("--batch 3", options => options.BatchSize, 3);
        yield return Row("--learning-rate 0.5", options => options.LearningRate, 0.5);
        yield return Row("--schedule constant", options => options.Schedule, new LearningRateSchedule.Constant { WarmUp = 0.03 });
        yield return Row("--schedule polynomial --warm-up 0.2", options => options.Schedule,
            new LearningRateSchedule.Polynomial { WarmUp = 0.2 });
        yield return Row("--schedule polynomial:2 --warm-up 0", options => options.Schedule,
            new LearningRateSchedule.Polynomial { Power = 2 });
        yield return Row("--schedule step:0.25,0.5 --warm-up 0", options => options.Schedule,
            new LearningRateSchedule.Step { Every = 0.25, Factor = 0.5 });
        yield return Row("--optimizer adamw", options => options.Optimizer, OptimizerKind.AdamW);
        yield return Row(
            "--optimizer sgd --momentum 0.5", options => (options.Optimizer, options.Momentum), (OptimizerKind.Sgd, 0.5));
        yield return Row("--weight-decay 0.02", options => options.WeightDecay, 0.02);
        yield return Row("--accumulate 4", options => options.GradientAccumulation, 4);
        yield return Row("--clip-norm 2.5", options => options.GradientClipNorm, 2.5);
        yield return Row("--average 0.99", options => options.WeightAveraging, 0.99);
        yield return Row("--validation 0.1 --patience 3", options => (options.ValidationFraction, options.EarlyStoppingPatience),
            (0.1, (int?)3));
        yield return Row("--validation-every 5", options => options.ValidationInterval, 5);
        yield return Row("--keep-last", options => options.RestoreBestWeights, false);
        yield return Row("--checkpoint a/b.state", options => options.CheckpointPath, "a/b.state");
        yield return Row("", options => options.CheckpointPath, "model.onnx.checkpoint");
        yield return Row("--checkpoint-minutes 2", options => options.CheckpointInterval, TimeSpan.FromMinutes(2));
        yield return Row("--resume", options => options.Resume, true);
        yield return Row("--tensorboard runs", options => options.TensorBoardFolder, "runs");
        yield return Row("--threads 1", options => options.Threads, 1);
        yield return Row("--cache-megabytes 10", options => options.CacheMegabytes, 10);
        yield return Row("--precision bfloat16", options => options.ConvolutionPrecision, ConvolutionPrecision.BFloat16);
        yield return Row("--device cpu", options => options.Device, TrainingDevice.Cpu);
        yield return Row("--device cuda", options => options.Device, TrainingDevice.Cuda());
        yield return Row("--device cuda:1", options => options.Device, TrainingDevice.Cuda(1));
        yield return Row("--libtorch a/lib", options => options.LibTorchFolder, "a/lib");
        yield return Row("--upright false", options => options.Upright, false);
        yield return Row("--upright auto", options => options.Upright, null);
        yield return Row("--memory 500", options => options.MemoryMegabytes, 500);
        yield return Row("--seed 9", options => options.Seed, 9);
        yield return Row("--weights vgg16", options => options.PretrainedWeights, "vgg16");
        yield return Row("--weights none", options => options.PretrainedWeights, "none");
        yield return Row("--encoder-learning-rate 0.0003", options => options.EncoderLearningRate, 0.0003);
        yield return Row("--unfreeze-after 0.05", options => options.UnfreezeAfter, 0.05);
        yield return Row("--sizing native", options => options.Sizing, ImageSizing.Native);
        yield return Row("", options => options.Sizing, null);
        yield return Row("--size 480x360", options => (options.ImageWidth, options.ImageHeight), (480, 360));
        yield return Row("--window 96x64", options => (options.WindowWidth, options.WindowHeight), (96, 64));
        yield return Row("--vertical-flip", options => options.Augmentation.VerticalFlip, true);
        yield return Row("--flip false", options => options.Augmentation.HorizontalFlip, false);
        yield return Row("--scales 0.5-2", options => (options.Augmentation.MinScale, options.Augmentation.MaxScale), (0.5, 2.0));
        yield return Row("--scales 1", options => (options.Augmentation.MinScale, options.Augmentation.MaxScale), (1.0, 1.0));
        yield return Row("--brightness 0.4", options => options.Augmentation.Brightness, 0.4);
        yield return Row(
            "--saturation 0.5 --hue 20", options => (options.Augmentation.Saturation, options.Augmentation.Hue), (0.5, 20.0));
        yield return Row("--cutmix 0.25", options => options.Augmentation.CutMix, 0.25);
        yield return Row("--contrast 0", options => options.Augmentation.Contrast, 0.0);
        yield return Row(
            "--loss 0.5*ce+2*focal", options => (options.Loss.CrossEntropy, options.Loss.Dice!.Value, options.Loss.Focal),
            (0.5, 0.0, 2.0));
        yield return Row("--loss ce+0.5*crf", options => (options.Loss.CrossEntropy, options.Loss.Crf), (1.0, 0.5));
        yield return Row("--loss 2*lovasz+tversky+0.5*ohem --lovasz-per-image",
            options => (options.Loss.Lovasz, options.Loss.Tversky, options.Loss.Ohem, options.Loss.LovaszPerImage),
            (2.0, 1.0, 0.5, true));
        yield return Row(
            "--tversky-alpha 0.2 --tversky-beta 0.8", options => (options.Loss.TverskyAlpha, options.Loss.TverskyBeta),
            (0.2, 0.8));
        yield return Row("--ohem-fraction 0.3 --ohem-threshold 0.6",
            options => (options.Loss.OhemFraction, options.Loss.OhemThreshold), (0.3, 0.6));
        yield return Row("--focal-gamma 1.5", options => options.Loss.FocalGamma, 1.5);
        yield return Row("--label-smoothing 0.1", options => options.Loss.LabelSmoothing, 0.1);
        yield return Row("--class-weights median", options => options.Loss.ClassWeighting, ClassWeighting.MedianFrequency);
        yield return Row("--class-weights 1,2.5", options => string.Join(' ', options.Loss.ClassWeights!), "1 2.5");
    }

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void Read_Option_IsTaken(string arguments, Func<SegmentationTrainerOptions, object?> read, object? expected) =>
        Assert.AreEqual(expected, read(Read(arguments)));

    [TestMethod]
    public void Read_NoOption_IsTheTrainersDefault()
    {
        var defaults = new SegmentationTrainerOptions();
        SegmentationTrainerOptions options = Read("");
        Assert.AreEqual(
            defaults with { Plan = true, TimeBudget = options.TimeBudget, CheckpointPath = options.CheckpointPath }, options);
    }

    [TestMethod]
    public void Network_VariedByOptions_IsSo()
    {
        static SegmentationNetwork Network(string arguments) => Parse(arguments).Network;

        Assert.AreEqual(4096, Network("--network fcn8-vgg16 --head-width 4096").HeadWidth);
        Assert.IsFalse(Network("--network fcn8-vgg16 --weights vgg16 --freeze-encoder").Encoder.IsTrainable);
        Assert.AreEqual(2, Network("--network fcn8-vgg16 --weights vgg16 --freeze-stages 2").Encoder.FrozenStages);
        Assert.AreEqual(32, Network("--network deeplabv3plus-resnet20 --output-stride 32").Encoder.OutputStride);
        Assert.Throws<UsageException>(() => Network("--network unet-resnet20 --output-stride 16"));
        Assert.AreEqual(2, Network("--network unet-resnet20 --freeze-stages 2").Encoder.FrozenStages);
        Assert.AreEqual(0, Network("--network unet-compact --freeze-stages 0").Encoder.FrozenStages);
        Assert.AreEqual(false, Network("--network fcn8-paper-vgg16 --fixed-upsampling").LearnsUpsampling);
        Assert.Throws<UsageException>(() => Network("--network unet-vgg16 --head-width 8"));
        Assert.Throws<UsageException>(() => Network("--network fcn8-vgg16 --fixed-upsampling"));
    }

    [TestMethod]
    [DataRow("--optimizer 7", "adam, adamw, sgd")]
    [DataRow("--schedule linear", "polynomial")]
    [DataRow("--schedule step:0.5", "PART,FACTOR")]
    [DataRow("--device gpu", "auto, cpu, cuda")]
    [DataRow("--device cuda:one", "such as cuda:1")]
    [DataRow("--device cpu:1", "auto, cpu, cuda")]
    [DataRow("--precision half", "auto, float32, bfloat16")]
    [DataRow("--sizing crop", "letterbox, stretch, native")]
    [DataRow("--window 32x32", "from 64")]
    [DataRow("--size 0x3", "width x height")]
    [DataRow("--class-weights rare", "none, inverse, median")]
    [DataRow("--class-weights 1,-1", "at least 0")]
    [DataRow("--loss ce+ce", "each once")]
    [DataRow("--patience 3", "--validation")]
    [DataRow("--epochs 1 --minutes 1", "not both")]
    [DataRow("--network unet-compact --freeze-encoder", "--weights")]
    [DataRow("--network unet-resnet20 --weights none --freeze-encoder", "--weights")]
    [DataRow("--weights vgg16 --freeze-encoder --unfreeze-after 0.1", "a frozen encoder is not trained")]
    [DataRow("--weights vgg16 --freeze-stages 5 --unfreeze-after 0.1", "a frozen encoder is not trained")]
    [DataRow("--network unet-compact --freeze-stages 2", "--weights")]
    [DataRow("--freeze-stages 6 --weights vgg16", "5")]
    [DataRow("--freeze-stages 2 --freeze-encoder --weights vgg16", "not both")]
    public void Parse_WrongValue_SaysWhatIsExpected(string arguments, string expected)
    {
        string errors = string.Join(' ', Command(out _).Parse($"{Files} {arguments}").Errors.Select(error => error.Message));
        Assert.Contains(expected, errors);
    }

    private static SegmentationTrainerOptions Read(string arguments) => Parse(arguments).TrainerFor(images: 10);

    private static TrainSegmentationOptions Parse(string arguments)
    {
        ParseResult result = Command(out OptionGroup<TrainSegmentationOptions> group).Parse($"{Files} {arguments}");
        Assert.IsEmpty(result.Errors, string.Join(' ', result.Errors.Select(error => error.Message)));
        return group.Apply(result, new TrainSegmentationOptions());
    }

    private static Command Command(out OptionGroup<TrainSegmentationOptions> group)
    {
        var command = new Command("train");
        group = TrainSegmentationGroup.Create();
        group.AddTo(command);
        return command;
    }
}
