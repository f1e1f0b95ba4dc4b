using System.CommandLine;

namespace MLSegmentation.Cli;

/// <summary>A width and a height in pixels, as an option gives them: <c>480x360</c>.</summary>
internal readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>An option such as <c>--size 480x360</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What the help says.</param>
    /// <param name="multiple">What both sides are multiples of.</param>
    /// <param name="least">The least side in pixels.</param>
    public static Option<ImageSize> Option(string name, string description, int multiple = 1, int least = 1)
    {
        bool IsSide(string side, out int pixels) => int.TryParse(side, out pixels) && pixels >= least && pixels % multiple == 0;
        return CommandOption.Parsed(name, "WxH", description, result =>
        {
            string text = result.Tokens[0].Value;
            string[] sides = text.Split('x');
            if (sides.Length == 2 && IsSide(sides[0], out int width) && IsSide(sides[1], out int height))
                return new ImageSize(width, height);
            string expected = multiple == 1 ? "width x height" : $"width x height in multiples of {multiple}, from {least} on";
            result.AddError($"Option '{name}' is {text}, expected {expected}, such as 320x256.");
            return default;
        });
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Width}x{Height}";
}
