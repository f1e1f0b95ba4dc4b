using MLSegmentation.Training;
using MLSegmentation.Training.Torch;

namespace Fuzzing.Weights;

/// <summary>Loads checkpoints of a training that were changed.</summary>
internal sealed class CheckpointTarget : FuzzTarget
{
    private static readonly SegmentationTrainerOptions _options = new();
    private readonly string _path = ScratchFile.PathOf("checkpoint");
    private readonly Lazy<(TrainingState State, byte[] File)> _whole;

    public CheckpointTarget() => _whole = new(() =>
    {
        TrainingState state = CreateState();
        CreateCheckpoint().Save(state);
        return (state, File.ReadAllBytes(_path));
    });

    public override string Name => "checkpoint";

    public override byte[] Make(FuzzRandom random)
    {
        byte[] file = [.. _whole.Value.File];

        // The header is what can be wrong: numbers are numbers.
        if (!random.Percent(70)) return Mutation.Apply(random, file);
        int header = (int)BitConverter.ToInt64(file);
        byte[] changed = Mutation.Apply(random, file[8..(8 + header)]);
        return [.. BitConverter.GetBytes((long)changed.Length), .. changed, .. file[(8 + header)..]];
    }

    public override bool Read(byte[] file)
    {
        TrainingState state = _whole.Value.State;
        File.WriteAllBytes(_path, file);
        try
        {
            CreateCheckpoint().Load(state);
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
        return new TrainingState(network, Optimizer.Create(_options, network.WeightsByName));
    }

    private Checkpoint CreateCheckpoint() => new(_path, _options, TrainingDuration.OfEpochs(1), images: 1);
}
