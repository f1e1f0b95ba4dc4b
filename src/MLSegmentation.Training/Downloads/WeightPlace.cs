namespace MLSegmentation.Training;

/// <summary>Where on this machine a weight file is.</summary>
internal enum WeightPlace
{
    /// <summary>Beside the application, whose build or package put it there.</summary>
    Application,

    /// <summary>In the folder of <see cref="WeightCache"/>.</summary>
    Cache,

    /// <summary>In NuGet's folder of all packages.</summary>
    NuGet,
}
