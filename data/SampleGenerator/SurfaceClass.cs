namespace MLSegmentation.SampleGenerator;

/// <summary>The classes of the masks, by their value there; the names in lower case are those in classes.txt.</summary>
internal enum SurfaceClass : byte
{
    /// <summary>Sound surface.</summary>
    Background,

    /// <summary>A thin curved line, bright with a dark edge.</summary>
    Scratch,

    /// <summary>A small dark hollow with a bright rim on the side away from the light.</summary>
    Pit,

    /// <summary>A large ragged patch of another hue.</summary>
    Stain,
}
