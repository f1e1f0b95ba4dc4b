using MLSegmentation.Training;

namespace MLSegmentation.Cli;

/// <summary>What every training does around the training itself.</summary>
internal static class ModelTraining
{
    /// <summary>
    /// Makes the model's folder, tries whether the model can be written, and keeps other trainings from writing it until disposed
    /// of.
    /// </summary>
    /// <exception cref="IOException">The path is a folder, cannot be written to, or another training writes to it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public static WriterLock Claim(string file)
    {
        AtomicFile.Prepare(file);
        return WriterLock.Take($"{file}.lock", $"The model '{file}'");
    }

    /// <summary>Throws where a training would replace what is there.</summary>
    /// <param name="file">The model to write.</param>
    /// <param name="options">How it is trained, with a checkpoint.</param>
    /// <param name="overwrites">Whether a model that is there may be replaced.</param>
    /// <exception cref="IOException">
    /// A checkpoint is there and the training not to be resumed, or a model is there and not to be replaced.
    /// </exception>
    public static void RequireRoom(string file, TrainerOptions options, bool overwrites)
    {
        bool hasCheckpoint = File.Exists(options.CheckpointPath);
        if (hasCheckpoint && !options.Resume)
        {
            throw new IOException(
                $"There is a checkpoint of an interrupted training, '{options.CheckpointPath}'. "
                + "Give the same options and --resume to go on with it, or delete it to train anew.");
        }

        // A training that is resumed was allowed to write its model when it began.
        if (!hasCheckpoint) RequireRoom(file, overwrites);
    }

    /// <summary>Throws where a model would be replaced without being allowed to.</summary>
    /// <param name="file">The model to write.</param>
    /// <param name="overwrites">Whether a model that is there may be replaced.</param>
    /// <exception cref="IOException">A model is there and not to be replaced.</exception>
    public static void RequireRoom(string file, bool overwrites)
    {
        if (overwrites || !File.Exists(file)) return;
        throw new IOException(
            $"The model '{file}' is there already. Give another name with --out, or --overwrite to replace it.");
    }

    /// <summary>Trains and writes the model; of a training that diverged, the last good one.</summary>
    /// <param name="file">The model to write, in a folder that is there.</param>
    /// <param name="checkpoint">The checkpoint, not needed any more when the model is written.</param>
    /// <param name="train">Trains; answers the model, what it says about itself and the number of images.</param>
    /// <exception cref="CancelledException">The training was stopped and can be resumed.</exception>
    /// <exception cref="TrainingDivergedException">The loss became no number.</exception>
    /// <returns>What the model lacks where the training collapsed; null for one of use.</returns>
    public static string? Run(
        string file, string checkpoint,
        Func<IProgress<ProgressStep>, IProgress<TrainingProgress>, (ReadOnlyMemory<byte>, OnnxModelInfo, int)> train)
    {
        ProcessTuning.KeepFreedMemory();
        try
        {
            string? collapse = null;
            string summary = ProgressDisplay.Run("reading the images", isJson: false, progress =>
            {
                var report = new TrainingDisplay(progress);
                var (model, info, images) = train(progress, report);
                Write(file, model);
                collapse = report.Collapse;
                string origin = PrintableText.Of(info.Metadata.EncoderWeights),
                    weights = origin.Length > 0 ? $", encoder from {origin}" : "";
                string trained = $"Trained {info.Metadata.Network} ({info.Metadata.Parameters:N0} parameters{weights}) "
                    + $"on {Plural.Of(images, "image")}: {report.Summary}.";
                string[] lines = [trained, .. report.Notes, report.Doubt, Forget(checkpoint)];
                return string.Join(Environment.NewLine, lines.Where(line => line.Length > 0));
            });
            Console.WriteLine(summary);
            Console.WriteLine($"Wrote {file}.");
            return collapse;
        }
        catch (OperationCanceledException) when (File.Exists(checkpoint))
        {
            throw new CancelledException(
                $"Cancelled. The training so far is in '{checkpoint}'; give the same options and --resume to go on with it.");
        }
        catch (TrainingDivergedException error) when (error.Model.Length > 0)
        {
            // Beside the file that was asked for: a model of an earlier training may be there.
            string kept = Path.ChangeExtension(file, $".diverged{Path.GetExtension(file)}");
            Write(kept, error.Model);
            throw new InvalidOperationException($"{error.Message} They were written to '{kept}'.{Advice(checkpoint)}", error);
        }
        catch (TrainingDivergedException error) when (File.Exists(checkpoint))
        {
            throw new InvalidOperationException($"{error.Message}{Advice(checkpoint)}", error);
        }
    }

    /// <summary>Throws where a model that is written is of little use.</summary>
    /// <param name="file">The model.</param>
    /// <param name="collapse">What it lacks; null for nothing.</param>
    /// <exception cref="InvalidOperationException">It leaves out classes that the labels have.</exception>
    public static void RequireUse(string file, string? collapse)
    {
        if (collapse is null) return;
        throw new InvalidOperationException(
            $"The training collapsed, and the model in '{file}' is of little use: {collapse}. Train longer, start from trained "
            + "weights (--weights), or raise the rare classes (--class-weights) in a loss with ce in it (--loss).");
    }

    /// <summary>The model is written: a checkpoint that stays is said, and no reason to call the training failed.</summary>
    private static string Forget(string checkpoint)
    {
        try
        {
            File.Delete(checkpoint);
            return "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"The checkpoint '{checkpoint}' is not needed any more and could not be deleted: {error.Message}";
        }
    }

    private static string Advice(string checkpoint) => !File.Exists(checkpoint) ? ""
        : $" The training before that is in "
            + $"'{checkpoint}': go on with --resume and a lower --learning-rate, or delete it to train anew.";

    private static void Write(string file, ReadOnlyMemory<byte> model) =>
        AtomicFile.Write(file, stream => stream.Write(model.Span), isDurable: true);
}
