namespace MLSegmentation;

/// <summary>A region of a label, and the part of it that a model takes for something else.</summary>
/// <param name="Class">The class that its label has.</param>
/// <param name="Suggested">The class that the model sees in the part.</param>
/// <param name="Pixels">The number of pixels of the region.</param>
/// <param name="SuspectPixels">The number of pixels of the part.</param>
/// <param name="Left">The part's first column.</param>
/// <param name="Top">The part's first row.</param>
/// <param name="Width">The part's width in pixels.</param>
/// <param name="Height">The part's height in pixels.</param>
/// <param name="Score">How likely the label is wrong there: 0 or more, see <see cref="LabelReview"/>.</param>
internal sealed record SuspectRegion(
    int Class, int Suggested, int Pixels, int SuspectPixels, int Left, int Top, int Width, int Height, double Score);
