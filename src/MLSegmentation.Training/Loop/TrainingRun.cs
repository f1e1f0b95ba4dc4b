namespace MLSegmentation.Training;

/// <summary>What a training has open while it lasts: its state, the checkpoint that this is saved to, and its reports.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly TrainingState _state;
    private readonly Checkpoint? _checkpoint;
    private readonly ITrainingTask _task;
    private readonly TrainingDuration _duration;
    private bool _hasSaidCollapse;
    private readonly Queue<StepMeasures> _pending = [];

    /// <summary>Begins a training, or goes on with one where the options say so and there is a checkpoint.</summary>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another training.</exception>
    /// <exception cref="IOException">The checkpoint or the TensorBoard folder cannot be written.</exception>
    public TrainingRun(
        TorchNetwork network,
        ITrainingTask task,
        TrainerOptions options,
        TrainingDuration duration,
        IReadOnlyList<(string Name, string Value)> facts)
    {
        (_task, _duration) = (task, duration);
        _state = new TrainingState(network, Optimizer.Create(options, network.Storage)) { Watch = task.Watch };
        try
        {
            if (options.CheckpointPath is { } path)
            {
                // Only a checkpoint pays for the facts, which hash every image.
                (string, string)[] own = [(ResumeRules.Network, network.Graph.Name), (ResumeRules.Images, $"{task.Images}")];
                var record = TrainingRecord.Of(options, [.. own, .. task.Facts, .. facts]);
                _checkpoint = new Checkpoint(path, record, options, duration);
            }
            string? note = options.Resume ? _checkpoint!.Load(_state, task.BatchesPerEpoch) : null;
            duration.Reserve(Position.Reserved);
            Weights = new KeptWeights(_state, options);
            Report = new TrainingReport(_state, task, options, duration);
            Parts = new BatchParts(Report.Warn, task.LetGo);
            if (note is not null) Report.Warn(note);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer => _state.Optimizer;

    /// <summary>Which weights are kept.</summary>
    public KeptWeights Weights { get; }

    /// <summary>How much of a batch the memory holds.</summary>
    public BatchParts Parts { get; }

    /// <summary>Who is told how the training goes.</summary>
    public TrainingReport Report { get; }

    /// <summary>How far the training has come.</summary>
    public TrainingPosition Position
    {
        get => _state.Position;
        set => _state.Position = value;
    }

    /// <summary>The part of the training that is done, 0 to 1.</summary>
    public double Fraction => _duration.Fraction(Position.Epoch, Position.Batch, _task.BatchesPerEpoch);

    /// <summary>Whether the time between two checkpoints is over.</summary>
    public bool IsSaveDue => _checkpoint?.IsDue == true;

    /// <summary>What the learning rate is multiplied by: less once a collapse had to be mended.</summary>
    public double RateFactor => _state.Watch?.IsMended == true ? CollapseWatch.MendedRate : 1;

    /// <summary>Takes the remedy where classes are gone from the predictions; the second time, says so.</summary>
    public void Watch()
    {
        if (_state.Watch is not { } watch || _hasSaidCollapse || watch.Find(Fraction) is not { } found) return;
        string place = $"At step {Position.Step} {found}";
        if (watch.IsMended)
        {
            _hasSaidCollapse = true;
            Report.Warn($"{place} again, after the remedy.");
            return;
        }
        if (watch.Remedy is not { IsTaken: true } remedy)
        {
            _hasSaidCollapse = true;
            Report.Warn(watch.Remedy is { } open
                ? $"{place}. Nothing is changed, as no plan was asked for; the remedy of a plan is: {open.Changes}.{open.Kept}"
                : $"{place}.");
            return;
        }
        watch.Mend();
        Report.Warn($"{place}. From here on {remedy.Changes}.{remedy.Kept}");
    }

    /// <summary>Takes in that a step was made, whose losses and measures are still to be read.</summary>
    public void Stepped(StepMeasures measures)
    {
        _pending.Enqueue(measures);
        Position = Position.Next(measures.Batches);
    }

    /// <summary>Reads the losses and measures of all steps but the last few, and reports them.</summary>
    /// <exception cref="TrainingDivergedException">
    /// A loss is no number; the network has its best or its last good weights back.
    /// </exception>
    public void ReadMeasures(int left)
    {
        while (_pending.Count > left)
        {
            using StepMeasures step = _pending.Dequeue();
            RequireFinite(step);
            var (loss, metric) = (step.Loss, step.Metric);
            Position = Position.Measured(loss, metric);
            Report.Stepped(step.Position.Step + 1, loss, metric, step.LearningRate);
        }
    }

    /// <summary>Waits for the losses of a step.</summary>
    /// <exception cref="TrainingDivergedException">
    /// One is no number; the network has its best or its last good weights back.
    /// </exception>
    public void RequireFinite(StepMeasures step)
    {
        if (step.BadLoss is float loss) throw Weights.Diverged(step.Position, $"the loss is {loss}");
    }

    /// <summary>Writes a checkpoint where the options ask for one.</summary>
    public void Save()
    {
        // Weights that the last step broke are for the next one to find: the checkpoint before is what one can go on from.
        if (_checkpoint is null || Position.Step == 0) return;
        if (_pending.Any(step => step.BadLoss is not null) || !Weights.AreFinite) return;
        ReadMeasures(left: 0);
        try
        {
            _checkpoint.Save(_state);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk must not cost the training; the checkpoint before this one is still there.
            Report.Warn(error.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (StepMeasures step in _pending) step.Dispose();
        Report?.Dispose();
        _checkpoint?.Dispose();
        _state.Dispose();
    }
}
