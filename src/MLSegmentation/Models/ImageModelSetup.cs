using Microsoft.ML.Transforms.Image;

namespace MLSegmentation;

/// <summary>The columns and options of a transformer that runs a model on images, checked against the model.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
internal abstract class ImageModelSetup<TOptions>
    where TOptions : ImageModelOptions
{
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="InvalidDataException">The model takes no image.</exception>
    protected ImageModelSetup(string outputColumnName, string inputColumnName, OnnxModelSource source)
    {
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        (OutputColumnName, InputColumnName, Source) = (outputColumnName, inputColumnName, source);
        Model = source.Info;
    }

    public string OutputColumnName { get; }

    public string InputColumnName { get; }

    public OnnxModelSource Source { get; }

    public OnnxModelInfo Model { get; }

    /// <summary>The options, with everything filled in that they left to the model.</summary>
    public abstract TOptions Options { get; }

    /// <summary>The only output of the model that is read; null for several.</summary>
    public abstract string? OnlyOutput { get; }

    /// <summary>The output that tells each pixel's class; null where there is none.</summary>
    public virtual SegmentationOutput? ScoredOutput => null;

    /// <summary>Checks the input column and describes the columns that scoring adds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column holds neither images nor text.</exception>
    public IReadOnlyList<OutputColumn> DescribeOutputs(IReadOnlyList<InputColumn> inputs) =>
        DescribeOutputs(inputs[0].RequireImageOrPath());

    /// <summary>The columns that scoring adds to rows with images of that type.</summary>
    public abstract IReadOnlyList<OutputColumn> DescribeOutputs(ImageDataViewType image);

    /// <summary>What scores the rows of one cursor; all cursors share the session.</summary>
    /// <param name="session">The model's session.</param>
    /// <param name="images">The images of the rows.</param>
    /// <param name="image">The type of these images.</param>
    /// <param name="wanted">The names of the columns that somebody reads.</param>
    public abstract ScoredRow CreateRow(
        OnnxSession session, RowImageSource images, ImageDataViewType image, IReadOnlySet<string> wanted);

    /// <exception cref="ArgumentException">A name is empty, or two columns have the same.</exception>
    protected void CheckNames()
    {
        string[] names = [.. DescribeOutputs(new ImageDataViewType()).Select(column => column.Name)];
        if (names.Distinct().Count() != names.Length)
        {
            throw new ArgumentException(
                $"The output columns are {string.Join(", ", names)}: give each a name of its own.", "options");
        }
    }
}
