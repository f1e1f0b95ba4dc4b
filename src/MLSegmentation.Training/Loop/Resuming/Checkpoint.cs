using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>A training's state on disk, from which it goes on as if it had never been interrupted.</summary>
internal sealed class Checkpoint : IDisposable
{
    private const int MisfitsShown = 3;
    private const string FormatVersion = "1", Predictions = "predictions";
    private readonly string _path;
    private readonly WriterLock _lock;
    private readonly TrainingRecord _record;
    private readonly LearningRateSchedule _schedule;
    private readonly TimeSpan _interval;
    private readonly TrainingDuration _duration;
    private readonly Stopwatch _sinceSave = Stopwatch.StartNew();

    /// <summary>A checkpoint of a training; its folder is made where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="record">What the training is known by when it is resumed.</param>
    /// <param name="options">Its options.</param>
    /// <param name="duration">How long it is.</param>
    /// <exception cref="IOException">The file cannot be written, or is another training's.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public Checkpoint(string path, TrainingRecord record, TrainerOptions options, TrainingDuration duration)
    {
        AtomicFile.Prepare(path);
        _lock = WriterLock.Take($"{path}.lock", $"The checkpoint '{path}'");
        (_path, _record, _schedule, _interval, _duration) =
            (path, record, options.Schedule, options.CheckpointInterval, duration);
    }

    /// <summary>Whether the time between two checkpoints is over.</summary>
    public bool IsDue => _sinceSave.Elapsed >= _interval;

    /// <summary>
    /// What a file says of the training that it is of; null where there is none, or one that <see cref="Load"/> will refuse.
    /// </summary>
    public static TrainingRecord? FindRecord(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using FileStream stream = File.OpenRead(path);
            return TrainingRecord.Read(SafetensorsReader.Read(stream).Metadata);
        }
        catch (Exception error) when (IsDamage(error))
        {
            return null;
        }
    }

    /// <summary>Writes the state beside the file and renames it, so that there is a whole checkpoint at any time.</summary>
    /// <exception cref="IOException">The file cannot be written; the checkpoint before this one is still there.</exception>
    public void Save(TrainingState state)
    {
        // Also where it fails: a full disk is not tried again at every step.
        _sinceSave.Restart();
        var metadata = new Dictionary<string, string>
        {
            ["format"] = FormatVersion,
            ["optimizer steps"] = string.Join(' ', state.Optimizer.Steps),
            ["random state"] = Convert.ToBase64String(RandomState.Take()),
            ["position"] = JsonSerializer.Serialize(state.Position),
            ["elapsed"] = $"{_duration.Elapsed:c}",
        };
        if (state.Watch is { } watch) metadata.Add(Predictions, JsonSerializer.Serialize(watch.Counts));
        _record.Write(metadata);
        AtomicFile.Write(_path, stream => SafetensorsWriter.Write(stream, metadata, [.. Tensors(state)]), isDurable: true);
    }

    /// <summary>
    /// Puts the state of the file into the training, and the time that it took; nothing where there is no file.
    /// </summary>
    /// <param name="state">The state to change.</param>
    /// <param name="batchesPerEpoch">Batches in an epoch of the training.</param>
    /// <returns>What is worth saying of how the training goes on; null for nothing.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or of another training.</exception>
    public string? Load(TrainingState state, int batchesPerEpoch)
    {
        if (!File.Exists(_path)) return null;
        using FileStream stream = File.OpenRead(_path);
        SafetensorsContent content = Undamaged(() => SafetensorsReader.Read(stream));
        string? format = content.Metadata.GetValueOrDefault("format");
        if (format != FormatVersion)
        {
            throw new InvalidDataException(
                $"The checkpoint '{_path}' has the format {PrintableText.Of(format ?? "none")}, expected {FormatVersion}. Go on "
                + "with the version that wrote it, or delete it to train anew.");
        }
        var stored = content.Weights.ToDictionary(weight => weight.Name);
        if (stored.Remove(SafetensorsDigest.Name)) Undamaged(() => SafetensorsDigest.Require(stream));
        ResumedTraining before = Undamaged(() => ResumedTraining.Read(content.Metadata, batchesPerEpoch));
        if (stored.Keys.Any(name => name.StartsWith("best/", StringComparison.Ordinal))) state.KeepBest();
        string[] misfits = [.. Misfits(state, stored)];
        string[] refused =
        [
            .. before.Refused(_record, _schedule, _duration), .. misfits.Take(MisfitsShown),
            .. misfits.Length > MisfitsShown
                ? [$"{misfits.Length - MisfitsShown} more tensors do not fit"]
                : Array.Empty<string>(),
        ];
        if (refused.Length > 0)
        {
            throw new InvalidDataException(
                $"The checkpoint '{_path}' is of another training: {string.Join("; ", refused)}. Train with the options it was "
                + "made with, or delete it to train anew.");
        }
        Undamaged(() => Restore(state, before, stored));

        // Checkpoints of earlier versions have none: the watch begins anew.
        if (state.Watch is { } watch && content.Metadata.TryGetValue(Predictions, out string? seen))
            Undamaged(() => watch.Counts = JsonSerializer.Deserialize<CollapseCounts>(seen)
            ?? throw new JsonException("it is null"));
        _duration.Resume(before.Elapsed);
        return before.Note(_path, _record);
    }

    /// <summary>Lets another training have the file.</summary>
    public void Dispose() => _lock.Dispose();

    private static void Restore(TrainingState state, ResumedTraining before, Dictionary<string, StoredWeight> stored)
    {
        using var noGradients = no_grad();
        foreach (var (name, live) in Tensors(state))
        {
            using Tensor values = empty(live.shape);
            stored[name].Read(MemoryMarshal.Cast<byte, float>(values.bytes));
            live.copy_(values);
        }
        state.Position = before.Position;
        state.Optimizer.Steps = before.OptimizerSteps;
        RandomState.Restore(before.RandomState);
    }

    private static IEnumerable<(string Name, Tensor Value)> Tensors(TrainingState state) =>
        Named("weights", state.Network.WeightsByName.Select(one => (one.Name, one.Weight)))
            .Concat(Named("kept", state.Kept.Values))
            .Concat(Named("best", state.Best?.Values ?? []))
            .Concat(Named("optimizer", state.Optimizer.State));

    private static IEnumerable<(string Name, Tensor Value)> Named(
        string group, IEnumerable<(string Name, Tensor Value)> tensors) =>
        tensors.Select(one => ($"{group}/{one.Name}", one.Value));

    private static IEnumerable<string> Misfits(TrainingState state, Dictionary<string, StoredWeight> stored)
    {
        var live = Tensors(state).ToDictionary(one => one.Name, one => one.Value.shape);
        return
        [
            .. live.Keys.Except(stored.Keys).Select(name => $"{name} is missing"),
            .. stored.Keys.Except(live.Keys).Select(name => $"{PrintableText.Of(name)} is in no layer"),
            .. live.Where(one => stored.TryGetValue(one.Key, out StoredWeight? weight) && !weight.Shape.SequenceEqual(one.Value))
                .Select(
                    one => $"{one.Key} is {WeightShape.Print(stored[one.Key].Shape)}, expected {WeightShape.Print(one.Value)}"),
            .. stored.Values.Where(weight => weight.Format != NumberFormat.Float32)
                .Select(weight => $"{PrintableText.Of(weight.Name)} has no 32-bit numbers"),
        ];
    }

    private static bool IsDamage(Exception error) => error is InvalidDataException or EndOfStreamException
        or FormatException or JsonException or KeyNotFoundException or OverflowException or ArgumentException;

    private void Undamaged(Action read) => Undamaged(() =>
    {
        read();
        return true;
    });

    private T Undamaged<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw new InvalidDataException(
                $"The checkpoint '{_path}' is damaged: {error.Message.TrimEnd('.')}. Delete it to train anew.", error);
        }
    }
}
