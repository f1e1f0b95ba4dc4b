using System.Diagnostics;
using System.Text.Json;
using MLSegmentation.Images;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>A training's state on disk, from which it goes on as if it had never been interrupted.</summary>
internal sealed class Checkpoint
{
    private const string FormatVersion = "1";
    private readonly string _path;
    private readonly TimeSpan _interval;
    private readonly Stopwatch _sinceSave = Stopwatch.StartNew();
    private readonly Dictionary<string, string> _training;

    /// <summary>A checkpoint of a training with these options.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options; those that decide about the order of the batches and the kind of state must not change.</param>
    /// <param name="batchesPerEpoch">Batches in an epoch, which tell sets of other sizes apart.</param>
    public Checkpoint(string path, TrainerOptions options, int batchesPerEpoch)
    {
        (_path, _interval) = (path, options.CheckpointInterval);
        _training = new()
        {
            ["format"] = FormatVersion,
            ["optimizer"] = $"{options.Optimizer}",
            ["seed"] = $"{options.Seed}",
            ["batch size"] = $"{options.BatchSize}",
            ["batches in an epoch"] = $"{batchesPerEpoch}",
            ["gradient accumulation"] = $"{options.GradientAccumulation}",
        };
    }

    /// <summary>Whether the time between two checkpoints is over.</summary>
    public bool IsDue => _sinceSave.Elapsed >= _interval;

    /// <summary>Writes the state beside the file and renames it, so that there is a whole checkpoint at any time.</summary>
    /// <exception cref="IOException">The file cannot be written; the checkpoint before this one is still there.</exception>
    public void Save(TrainingState state, TimeSpan elapsed)
    {
        using Tensor randomState = random.get_rng_state();
        var metadata = new Dictionary<string, string>(_training)
        {
            ["network"] = state.Network.Graph.Name,
            ["threads"] = $"{get_num_threads()}",
            ["optimizer steps"] = $"{state.Optimizer.Steps}",
            ["random state"] = Convert.ToBase64String(randomState.data<byte>().ToArray()),
            ["position"] = JsonSerializer.Serialize(state.Position),
            ["elapsed"] = $"{elapsed:c}",
        };
        AtomicFile.Write(_path, stream => TensorFile.Write(stream, metadata, Tensors(state)));
        _sinceSave.Restart();
    }

    /// <summary>Puts the state of the file into the training; nothing where there is no file.</summary>
    /// <returns>The time that the training has taken.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or of another training.</exception>
    public TimeSpan Load(TrainingState state)
    {
        if (!File.Exists(_path)) return TimeSpan.Zero;
        using TensorFile file = TensorFile.Open(_path);
        Require(file, state.Network.Graph.Name);
        if (file.Names.Any(name => name.StartsWith("best/", StringComparison.Ordinal))) state.KeepBest();
        file.ReadInto(Tensors(state));
        try
        {
            state.Position = JsonSerializer.Deserialize<TrainingPosition>(file.Metadata["position"])!;
            state.Optimizer.Steps = long.Parse(file.Metadata["optimizer steps"]);
            using Tensor randomState = tensor(Convert.FromBase64String(file.Metadata["random state"]));
            random.set_rng_state(randomState);
            return TimeSpan.ParseExact(file.Metadata["elapsed"], "c", null);
        }
        catch (Exception error) when (error is FormatException or JsonException or KeyNotFoundException)
        {
            throw new InvalidDataException($"The checkpoint '{_path}' is damaged: {error.Message} Delete it to train anew.", error);
        }
    }

    private static IEnumerable<(string Name, Tensor Value)> Tensors(TrainingState state) =>
        Named("weights", state.Network.WeightsByName)
            .Concat(Named("kept", state.Kept.Values))
            .Concat(Named("best", state.Best?.Values ?? []))
            .Concat(Named("optimizer", state.Optimizer.State));

    private static IEnumerable<(string Name, Tensor Value)> Named(string group, IEnumerable<(string Name, Tensor Value)> tensors) =>
        tensors.Select(one => ($"{group}/{one.Name}", one.Value));

    private void Require(TensorFile file, string network)
    {
        string[] differences = [.. _training.Append(new("network", network))
            .Where(one => file.Metadata.GetValueOrDefault(one.Key) != one.Value)
            .Select(one => $"{one.Key} {file.Metadata.GetValueOrDefault(one.Key) ?? "none"}, expected {one.Value}")];
        if (differences.Length > 0)
        {
            throw new InvalidDataException(
                $"The checkpoint '{_path}' is of another training: {string.Join("; ", differences)}. Train with the options it was made with, or delete it to train anew.");
        }
    }
}
