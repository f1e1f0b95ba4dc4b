namespace MLSegmentation;

/// <summary>Options checked against a model, with everything they left to the model filled in.</summary>
internal sealed record SegmentationSetup
{
    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another, or does not fit the model's classes.
    /// </exception>
    /// <exception cref="InvalidDataException">The model does not segment.</exception>
    public SegmentationSetup(OnnxModelInfo model, string source, SegmentationOptions options, bool wantsConfidence)
    {
        ArgumentNullException.ThrowIfNull(options);
        Model = model;
        CheckRanges(options);
        Input = new ModelInput(model, source, options);
        CheckViews(model, options);
        Choice = new ScoreChoice(model, source, options);
        if (Choice.AreLabels && (wantsConfidence || options.Threshold > 0))
        {
            string labels = $"{MidSentence.Of(source)} has labels in its output {Scores.Value}";
            throw new ArgumentException(
                wantsConfidence
                    ? $"A confidence is asked for, but {labels}. Ask for none, or set Output to an output of scores."
                    : $"Threshold is {options.Threshold}, but {labels}. Leave Threshold out, or set Output to an output of "
                        + "scores.",
                nameof(options));
        }
        LeastConfidence = Choice.IsForeground ? 0 : options.Threshold ?? 0;
        NeedsConfidence = wantsConfidence || LeastConfidence > 0;
        Options = Complete(options);
    }

    public OnnxModelInfo Model { get; }

    /// <summary>The options with everything filled in that they left to the model.</summary>
    public SegmentationOptions Options { get; }

    public IReadOnlyList<string> ClassNames => Options.ClassNames!;

    public IReadOnlyList<Rgb> Palette => Options.Palette!;

    /// <summary>How images are brought to the model.</summary>
    public ModelInput Input { get; }

    public ModelSizing Sizing => Input.Sizing;

    /// <summary>How the output is read.</summary>
    public ScoreChoice Choice { get; }

    /// <summary>The output of the model that tells each pixel's class.</summary>
    public SegmentationOutput Scores => Choice.Output;

    /// <summary>Pixels of less confidence have no class; 0 where every pixel keeps its own.</summary>
    public float LeastConfidence { get; }

    /// <summary>Whether confidences are computed, because they are wanted or compared with the threshold.</summary>
    public bool NeedsConfidence { get; }

    /// <summary>
    /// Whether masks are the graph's own: where its probabilities are neither wanted nor interpolated. Resized back, classes
    /// would have ragged edges; probabilities have smooth ones.
    /// </summary>
    public bool TakesGraphsMask =>
        Model.Metadata.Task == ModelTasks.Segmentation
        && Model.FindOutput(GraphNames.Mask) is { Dimensions.Count: 3 } output && output.ElementType == typeof(byte)
        && !Choice.AreLabels && (!Choice.IsForeground || Choice.ForegroundThreshold == Choice.GraphsThreshold)
        && !NeedsConfidence && Options.TestTimeAugmentation is null && Sizing.Sizing != ImageSizing.Tiled
        && (Options.MaskSize == MaskSize.Network || Sizing.Sizing == ImageSizing.Native);

    /// <summary>
    /// Throws where options give two classes one name. Those of a model stay as they are.
    /// </summary>
    /// <exception cref="ArgumentException">They do.</exception>
    public void RequireDistinctNames()
    {
        if (ClassNames.Distinct().Count() == ClassNames.Count || ClassNames.SequenceEqual(Model.Metadata.ClassNames)) return;
        throw new ArgumentException(
            $"The class names are {ClassText.Join(ClassNames)}: give each class a name of its own.", "options");
    }

    /// <summary>Whether small regions are removed from masks.</summary>
    public bool RemovesRegions => (Options.MinRegionPixels ?? Model.Metadata.MinRegionPixels) > 1;

    /// <summary>Removes small regions from a mask, in place, where the options or the model say so.</summary>
    /// <param name="mask">The keys, row by row.</param>
    /// <param name="target">How what the network saw was brought to the mask; null where it saw the mask's own pixels.</param>
    /// <param name="width">The mask's width.</param>
    /// <param name="height">The mask's height.</param>
    public void RemoveRegions(Span<uint> mask, ImageGeometry? target, int width, int height)
    {
        if (!RemovesRegions) return;
        double scale = target is null ? 1
            : (double)target.PartWidth * target.PartHeight / ((double)target.ScaledWidth * target.ScaledHeight);
        int least = Options.MinRegionPixels
            ?? (int)Math.Min(Math.Round(Model.Metadata.MinRegionPixels * scale, MidpointRounding.AwayFromZero), int.MaxValue);
        MaskPostprocessing.Apply(mask, width, height, new PostprocessMaskOptions { Background = 0, MinRegionPixels = least });
    }

    /// <summary>The bytes of a mask of that size, and of its confidences where there are any.</summary>
    public long ResultBytes(int width, int height) =>
        (long)width * height * (NeedsConfidence ? sizeof(uint) + sizeof(float) : sizeof(uint));

    /// <summary>The output of the model that is read.</summary>
    public string Output => TakesGraphsMask ? GraphNames.Mask : Scores.Name;

    /// <summary>A session of the model that computes that output.</summary>
    /// <param name="source">The model.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="owner">The type that errors about a use after disposing name.</param>
    public OnnxSession OpenSession(OnnxModelSource source, ExecutionDevice device, string owner) =>
        OnnxSession.Open(source, Model, Output, Scores, Options, device, owner);

    private SegmentationOptions Complete(SegmentationOptions options)
    {
        SegmentationOptions completed = Input.Complete(options) with
        {
            ClassNames = Choice.ClassNames,
            Palette = PaletteOf(Model, Choice.ClassNames.Count, options),
        };

        // A model of this project says the rest itself.
        if (Model.Metadata.Task.Length > 0) return completed;
        return completed with
        {
            Output = Scores.Name,
            Scores = Scores.Kind,
            Threshold = Choice.IsForeground ? options.Threshold ?? ScoreMeaning.DefaultForegroundThreshold : options.Threshold,
        };
    }

    private static IReadOnlyList<Rgb> PaletteOf(OnnxModelInfo model, int classes, SegmentationOptions options)
    {
        if (options.Palette is { } palette && palette.Count != classes)
        {
            throw new ArgumentException(
                $"The palette has {palette.Count} colours, the model has {classes} classes. Give one colour a "
                + "class.", nameof(options));
        }
        return options.Palette
            ?? (model.Metadata.Palette.Count == classes ? model.Metadata.Palette : MLSegmentation.Palette.Voc(classes));
    }

    private static void CheckRanges(SegmentationOptions options)
    {
        if (!(options.Threshold is null or (>= 0 and <= 1)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Threshold, "Threshold is a probability, expected 0 to 1.");
        }
        if (!(options.TileOverlap is >= 0 and <= 0.9))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.TileOverlap, "TileOverlap is a part of a tile, expected 0 to 0.9.");
        }
        if (options.MinRegionPixels < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.MinRegionPixels, "MinRegionPixels is negative, expected at least 0.");
        }
        if (!Enum.IsDefined(options.MaskSize))
            throw new ArgumentOutOfRangeException(nameof(options), options.MaskSize, "The MaskSize is unknown.");
    }

    private void CheckViews(OnnxModelInfo model, SegmentationOptions options)
    {
        if (options.TestTimeAugmentation is not { } views) return;
        views.Validate();
        Sizing.Refuse(ImageSizing.Tiled, "test-time augmentation needs images that are seen whole");
        if (views.Scales.Any(scale => scale != 1) && (model.Width is not null || model.Height is not null))
        {
            throw new ArgumentException(
                $"The test-time augmentation has the scales [{string.Join(", ", views.Scales)}], but the model's size is "
                + $"fixed: {model.ImageInput}. "
                + "Leave the scales at 1, or use a model of free size.", nameof(options));
        }
    }
}
