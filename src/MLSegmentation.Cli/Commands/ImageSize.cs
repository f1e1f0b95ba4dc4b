using System.CommandLine;
using System.CommandLine.Parsing;

namespace MLSegmentation.Cli;

/// <summary>Options that are a width and a height.</summary>
internal static class ImageSize
{
    /// <summary>An option such as <c>--size 480x360</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What the help says.</param>
    /// <param name="multiple">What both sides are multiples of.</param>
    /// <param name="least">The least side in pixels.</param>
    public static Option<(int Width, int Height)?> Option(string name, string description, int multiple = 1, int least = 1) => new(name)
    {
        Description = description,
        HelpName = "WxH",
        CustomParser = result => Parse(result, name, multiple, least),
    };

    private static (int Width, int Height)? Parse(ArgumentResult result, string name, int multiple, int least)
    {
        string text = result.Tokens[0].Value;
        string[] sides = text.Split('x');
        bool IsSide(string side, out int pixels) => int.TryParse(side, out pixels) && pixels >= least && pixels % multiple == 0;
        if (sides.Length == 2 && IsSide(sides[0], out int width) && IsSide(sides[1], out int height)) return (width, height);
        string expected = multiple == 1 ? "width x height" : $"width x height in multiples of {multiple}, from {least} on";
        result.AddError($"Option '{name}' is {text}, expected {expected}, such as 320x256.");
        return null;
    }
}
