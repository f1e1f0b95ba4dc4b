using MLSegmentation.Tests;

namespace MLSegmentation.Cli.Tests;

/// <summary>A small model beside the repository, how it is run on its image, and how many pixels each class has.</summary>
/// <param name="File">The model, within <c>../shared/cases</c>.</param>
/// <param name="Options">Options of the tool, as typed.</param>
/// <param name="Pixels">The pixels of each class.</param>
internal sealed record ForeignCase(string File, string Options, params int[] Pixels)
{
    public string Image { get; init; } = "a.png";

    public string ModelFile => SharedData.Require(["cases", .. File.Split('/')]);

    public string ImageFile => SharedData.Require("cases", File.Split('/')[0], Image);

    public string[] Words => Options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
