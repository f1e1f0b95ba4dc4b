namespace MLSegmentation.Training.Onnx;

/// <summary>What options that were checked against a model say of it.</summary>
internal static class AdoptionPlan
{
    /// <summary>Works it out.</summary>
    /// <param name="setup">The options and the model.</param>
    /// <param name="network">What its network is called unless it says so itself.</param>
    /// <exception cref="ArgumentException">A mask of one byte a pixel cannot hold so many classes.</exception>
    public static AdoptedModel Of(SegmentationSetup setup, string network)
    {
        OnnxModelInfo model = setup.Model;
        SegmentationOptions options = setup.Options;
        ScoreKind kind = KindOf(setup);
        RequireClasses(setup.ClassNames.Count, kind);
        return new AdoptedModel(model.InputFormat, options.Preparation!, model.Scores!, kind, model.Metadata with
        {
            Task = ModelTasks.Segmentation,
            Network = model.Metadata.Network.Length > 0 ? model.Metadata.Network : network,
            ClassNames = setup.ClassNames,
            Palette = setup.Palette,
            SizeMultiple = model.SizeMultiple,
            ImageWidth = model.Width ?? options.ImageWidth ?? model.Metadata.ImageWidth,
            ImageHeight = model.Height ?? options.ImageHeight ?? model.Metadata.ImageHeight,
            Sizing = setup.Sizing.Sizing,
            SampleRange = options.SampleRange,
            Scores = kind,
        })
        {
            IsOneChannel = false,
        };
    }

    private static ScoreKind KindOf(SegmentationSetup setup) => setup.Options.Scores ?? setup.Model.Scores!.Kind ?? ScoreKind.Logits;

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
