namespace FreshProcess;

/// <summary>The files of a row, by their places in the folder of kept files.</summary>
public sealed record KeptInput(string Image, string Mask);
