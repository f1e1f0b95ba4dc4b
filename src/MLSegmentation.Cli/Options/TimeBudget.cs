namespace MLSegmentation.Cli;

/// <summary>The time to train for where nobody said.</summary>
internal static class TimeBudget
{
    private const int FewImages = 200;
    private const int ManyImages = 1000;

    /// <summary>The time for up to 200 images.</summary>
    public static TimeSpan Least { get; } = TimeSpan.FromMinutes(9);

    /// <summary>The time for 1000 images and more.</summary>
    public static TimeSpan Most { get; } = TimeSpan.FromMinutes(18);

    /// <summary>9 minutes for up to 200 images, growing linearly to 18 for 1000 and more: 600 images get 13.5 minutes.</summary>
    public static TimeSpan For(int images)
    {
        double part = Math.Clamp((images - FewImages) / (double)(ManyImages - FewImages), 0, 1);
        return Least + (Most - Least) * part;
    }
}
