using System.Security.Cryptography;
using System.Text;
using Fuzzing.Texts;
using MLSegmentation.Training;

namespace Fuzzing.Weights;

/// <summary>Loads checkpoints of a training that were changed.</summary>
internal sealed class CheckpointTarget : FuzzTarget
{
    private static readonly SegmentationTrainerOptions _options = new() { Epochs = 1 };
    private readonly string _path = ScratchFile.PathOf("checkpoint");
    private readonly Lazy<(TrainingState State, byte[] File)> _whole;

    public CheckpointTarget() => _whole = new(() =>
    {
        TrainingState state = CreateState();
        state.Position = new TrainingPosition { Step = 1 };
        using Checkpoint checkpoint = CreateCheckpoint();
        checkpoint.Save(state);
        return (state, File.ReadAllBytes(_path));
    });

    public override string Name => "checkpoint";

    public override byte[] Make(FuzzRandom random)
    {
        byte[] file = [.. _whole.Value.File];

        // The header is what can be wrong: numbers are numbers. The digest behind them is right, else nothing is looked at.
        int header = (int)BitConverter.ToInt64(file);
        byte[] text = file[8..(8 + header)];
        byte[] changed = random.Percent(40)
            ? Mutation.Apply(random, text)
            : Encoding.UTF8.GetBytes(TextGenerator.Odd(random, Encoding.UTF8.GetString(text)));
        if (!random.Percent(70)) return Mutation.Apply(random, file);
        byte[] content = [.. BitConverter.GetBytes((long)changed.Length), .. changed,
            .. file[(8 + header)..^SafetensorsDigest.Length]];
        return [.. content, .. SHA256.HashData(content)];
    }

    public override bool Read(byte[] file)
    {
        TrainingState state = _whole.Value.State;
        File.WriteAllBytes(_path, file);
        try
        {
            using Checkpoint checkpoint = CreateCheckpoint();
            checkpoint.Load(state, batchesPerEpoch: 1);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static TrainingState CreateState()
    {
        TorchNetwork network = SmallNetwork.Create();
        return new TrainingState(network, Optimizer.Create(_options, network.Storage));
    }

    private Checkpoint CreateCheckpoint() =>
        new(_path, TrainingRecord.Of(_options, [(ResumeRules.Network, "small"), (ResumeRules.Images, "1")]), _options,
            TrainingDuration.OfEpochs(1));
}
