namespace MLSegmentation.Training.Onnx;

/// <summary>What options that were checked against a model say of it.</summary>
internal static class AdoptionPlan
{
    /// <summary>Works it out.</summary>
    /// <param name="setup">The options and the model.</param>
    /// <param name="network">What its network is called unless it says so itself.</param>
    /// <param name="sizeMultiple">What height and width must be multiples of.</param>
    /// <exception cref="InvalidDataException">The model says that it does something else.</exception>
    /// <exception cref="ArgumentException">
    /// A mask of one byte a pixel cannot hold so many classes, or a model that was adopted before has another threshold.
    /// </exception>
    public static AdoptedModel Of(SegmentationSetup setup, string network, int sizeMultiple)
    {
        OnnxModelInfo model = setup.Model;
        if (model.Metadata.Task is not ("" or ModelTasks.Segmentation))
        {
            throw new InvalidDataException(
                $"The model's metadata says the task '{PrintableText.Of(model.Metadata.Task)}', expected "
                + $"'{ModelTasks.Segmentation}', or none as of a model from elsewhere.");
        }
        SegmentationOptions options = setup.Options;
        ScoreKind kind = setup.Scores.Kind ?? ScoreKind.Logits;
        RequireClasses(setup.ClassNames.Count, kind);
        bool describesItself = model.Metadata.Task.Length > 0;
        if (describesItself) RequireGraphsThreshold(setup.Choice);
        return new AdoptedModel(model.InputFormat, setup.Input.Preparation, setup.Scores, kind, model.Metadata with
        {
            Task = ModelTasks.Segmentation,
            Network = model.Metadata.Network.Length > 0 ? model.Metadata.Network : network,
            ClassNames = ClassNaming.AreNumbers(setup.ClassNames) ? [] : setup.ClassNames,
            Palette = setup.Palette,
            SizeMultiple = sizeMultiple,
            ImageWidth = model.Width ?? options.ImageWidth ?? model.Metadata.ImageWidth,
            ImageHeight = model.Height ?? options.ImageHeight ?? model.Metadata.ImageHeight,
            Sizing = setup.Sizing.Sizing,
            SampleRange = options.SampleRange,
            Scores = kind,
            ForegroundThreshold = describesItself ? model.Metadata.ForegroundThreshold
                : setup.Choice.IsForeground ? setup.Choice.ForegroundThreshold
                : null,
        })
        {
            Classes = setup.ClassNames.Count,
            IsOneChannel = setup.Choice.IsForeground,
        };
    }

    // The graph stays as it is.
    private static void RequireGraphsThreshold(ScoreChoice choice)
    {
        if (!choice.IsForeground || choice.ForegroundThreshold == choice.GraphsThreshold) return;
        throw new ArgumentException(
            $"The Threshold is {choice.ForegroundThreshold}, but the model was adopted with {choice.GraphsThreshold}. Adopt the "
            + "model that it was made of, or leave Threshold to whoever scores.", "options");
    }

    // A label map has a value more, for what is no class.
    private static void RequireClasses(int classes, ScoreKind kind)
    {
        int most = kind == ScoreKind.Labels ? LastNodes.NoClass : LastNodes.NoClass + 1;
        if (classes > most)
        {
            throw new ArgumentException(
                $"There are {classes} classes, expected at most {most}: an adopted mask has one byte a pixel.", "options");
        }
    }
}
