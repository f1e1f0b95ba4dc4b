using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary>Options of the commands that write the files of annotation tools.</summary>
internal static class WritingOptions
{
    /// <summary>The format to write.</summary>
    public static Option<WrittenFormat> To(IReadOnlyList<WrittenFormat> formats)
    {
        string names = string.Join(", ", formats.Select(format => format.Name));
        return CommandOption.Named(
            "--to", "NAME", $"The format to write: {names}.", formats.ToDictionary(format => format.Name)).Required();
    }

    /// <summary>Where to write.</summary>
    /// <param name="formats">The formats that there are.</param>
    public static Option<string> Out(IReadOnlyList<WrittenFormat> formats)
    {
        string files = string.Join(", ", formats.Where(format => !format.IsFolder).Select(format => format.Name));
        return CommonOptions.Out($"What to write: a file for {files}, else a folder. No file that is there is replaced.", "PATH");
    }

    /// <summary>How far outlines may be from what they are of.</summary>
    public static Option<double> Tolerance() => CommandOption.Of(
        "--tolerance", "PIXELS",
        "How far the outline of a region may be from its border, in pixels; 0 for exactly along it. Small and thin regions keep "
        + "all corners.", AnnotationWriterOptions.UsualTolerance).AtLeast(0);
}
