using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MLSegmentation.Images;
using MLSegmentation.Training.Weights;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>A training's state on disk, from which it goes on as if it had never been interrupted.</summary>
internal sealed class Checkpoint
{
    private const string FormatVersion = "1";
    private readonly string _path;
    private readonly TimeSpan _interval;
    private readonly TrainingDuration _duration;
    private readonly Stopwatch _sinceSave = Stopwatch.StartNew();
    private readonly Dictionary<string, string> _training;

    /// <summary>A checkpoint of a training with these options; its folder is made where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options; those that decide about the order of the batches and the kind of state must not change.</param>
    /// <param name="duration">How long the training is, which must not change either.</param>
    /// <param name="images">Images that are trained on, which tell other sets apart.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public Checkpoint(string path, TrainerOptions options, TrainingDuration duration, int images)
    {
        AtomicFile.Prepare(path);
        (_path, _interval, _duration) = (path, options.CheckpointInterval, duration);
        _training = new()
        {
            ["format"] = FormatVersion,
            ["optimizer"] = $"{options.Optimizer}",
            ["seed"] = $"{options.Seed}",
            ["batch size"] = $"{options.BatchSize}",
            ["images"] = $"{images}",
            ["duration"] = $"{duration}",
            ["gradient accumulation"] = $"{options.GradientAccumulation}",
            ["best weights kept"] = $"{options.RestoreBestWeights}",
        };
    }

    /// <summary>Whether the time between two checkpoints is over.</summary>
    public bool IsDue => _sinceSave.Elapsed >= _interval;

    /// <summary>Writes the state beside the file and renames it, so that there is a whole checkpoint at any time.</summary>
    /// <exception cref="IOException">The file cannot be written; the checkpoint before this one is still there.</exception>
    public void Save(TrainingState state)
    {
        // Also where it fails: a full disk is not tried again at every step.
        _sinceSave.Restart();
        var metadata = new Dictionary<string, string>(_training)
        {
            ["network"] = state.Network.Graph.Name,
            ["optimizer steps"] = $"{state.Optimizer.Steps}",
            ["random state"] = Convert.ToBase64String(RandomState.Take()),
            ["position"] = JsonSerializer.Serialize(state.Position),
            ["elapsed"] = $"{_duration.Elapsed:c}",
        };
        AtomicFile.Write(_path, stream => SafetensorsWriter.Write(stream, metadata, [.. Tensors(state)]), isDurable: true);
    }

    /// <summary>Puts the state of the file into the training, and the time that it took; nothing where there is no file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or of another training.</exception>
    public void Load(TrainingState state)
    {
        if (!File.Exists(_path)) return;
        using FileStream stream = File.OpenRead(_path);
        SafetensorsContent content = Undamaged(() => SafetensorsReader.Read(stream));
        var stored = content.Weights.ToDictionary(weight => weight.Name);
        if (stored.Keys.Any(name => name.StartsWith("best/", StringComparison.Ordinal))) state.KeepBest();
        RequireSame(state, content.Metadata, stored);
        _duration.Resume(Undamaged(() => Restore(state, content.Metadata, stored)));
    }

    private static TimeSpan Restore(TrainingState state, IReadOnlyDictionary<string, string> metadata, Dictionary<string, StoredWeight> stored)
    {
        using var noGradients = no_grad();
        foreach (var (name, live) in Tensors(state))
        {
            using Tensor values = empty(live.shape);
            stored[name].Read(MemoryMarshal.Cast<byte, float>(values.bytes));
            live.copy_(values);
        }
        state.Position = JsonSerializer.Deserialize<TrainingPosition>(metadata["position"])!;
        state.Optimizer.Steps = long.Parse(metadata["optimizer steps"], CultureInfo.InvariantCulture);
        RandomState.Restore(Convert.FromBase64String(metadata["random state"]));
        return TimeSpan.ParseExact(metadata["elapsed"], "c", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<(string Name, Tensor Value)> Tensors(TrainingState state) =>
        Named("weights", state.Network.WeightsByName)
            .Concat(Named("kept", state.Kept.Values))
            .Concat(Named("best", state.Best?.Values ?? []))
            .Concat(Named("optimizer", state.Optimizer.State));

    private static IEnumerable<(string Name, Tensor Value)> Named(string group, IEnumerable<(string Name, Tensor Value)> tensors) =>
        tensors.Select(one => ($"{group}/{one.Name}", one.Value));

    private void RequireSame(TrainingState state, IReadOnlyDictionary<string, string> metadata, Dictionary<string, StoredWeight> stored)
    {
        var live = Tensors(state).ToDictionary(one => one.Name, one => one.Value.shape);
        string[] differences =
        [
            .. _training.Append(new("network", state.Network.Graph.Name))
                .Where(one => metadata.GetValueOrDefault(one.Key) != one.Value)
                .Select(one => $"{one.Key} {metadata.GetValueOrDefault(one.Key) ?? "none"}, expected {one.Value}"),
            .. live.Keys.Except(stored.Keys).Select(name => $"{name} is missing"),
            .. stored.Keys.Except(live.Keys).Select(name => $"{name} is in no layer"),
            .. live.Where(one => stored.TryGetValue(one.Key, out StoredWeight? weight) && !weight.Shape.SequenceEqual(one.Value))
                .Select(one => $"{one.Key} is {WeightShape.Print(stored[one.Key].Shape)}, expected {WeightShape.Print(one.Value)}"),
        ];
        if (differences.Length == 0) return;
        throw new InvalidDataException(
            $"The checkpoint '{_path}' is of another training: {string.Join("; ", differences)}. Train with the options it was made with, or delete it to train anew.");
    }

    private T Undamaged<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException or JsonException or KeyNotFoundException or OverflowException)
        {
            throw new InvalidDataException($"The checkpoint '{_path}' is damaged: {error.Message.TrimEnd('.')}. Delete it to train anew.", error);
        }
    }
}
