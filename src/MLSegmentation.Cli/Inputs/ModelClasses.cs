namespace MLSegmentation.Cli;

/// <summary>The classes of a model, as a file of classes names them.</summary>
internal static class ModelClasses
{
    /// <summary>Options with the names and colours of a file of classes.</summary>
    /// <param name="options">The options.</param>
    /// <param name="file">The file; null for none.</param>
    /// <param name="ignore">The label value that is no class; null for the model's.</param>
    /// <param name="model">The model. One that was trained or adopted here keeps names that it was given.</param>
    /// <exception cref="InvalidDataException">The lines are not as expected, or name other classes than the model.</exception>
    public static TOptions Name<TOptions>(TOptions options, string? file, int? ignore, OnnxModelInfo model)
        where TOptions : SegmentationOptions
    {
        if (file is null) return options;
        ClassList classes = ClassFile.Read(file, ignore ?? model.Metadata.IgnoreLabel);
        IReadOnlyList<string> own = options.ClassNames ?? model.Metadata.ClassNames;
        if (model.Metadata.Task.Length > 0 && !ClassNaming.AreUnnamed(own))
        {
            return classes.Names.SequenceEqual(own) ? options : throw new InvalidDataException(
                $"The file '{file}' names the classes {ClassText.Join(classes.Names)}, expected the model's: "
                + $"{ClassText.Join(own)}.");
        }
        return (TOptions)(options with { ClassNames = classes.Names, Palette = classes.Colours ?? options.Palette });
    }
}
