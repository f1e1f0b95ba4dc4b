namespace MLSegmentation.Training;

/// <summary>A file that comes within a NuGet package.</summary>
/// <param name="Package">The package's name.</param>
/// <param name="Version">Its version, the only one that is known to have this content.</param>
/// <param name="Path">The file's path in the package, with slashes.</param>
/// <param name="OutputPath">
/// Its path in the output folder of an application that references the package, or MLSegmentation.Training, with slashes.
/// </param>
internal sealed record PackagedFile(string Package, string Version, string Path, string OutputPath)
{
    private const string FolderVariable = "NUGET_PACKAGES";

    /// <summary>
    /// The file's place in the folder of all packages: <c>NUGET_PACKAGES</c> where it is set, else <c>.nuget/packages</c> in the
    /// home folder. It need not be there.
    /// </summary>
    public string InNuGet
    {
        get
        {
            string folder = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } chosen
                ? chosen
                : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            return System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, Package.ToLowerInvariant(), Version, Path));
        }
    }

    /// <summary>The file's place beside the application that runs. It need not be there.</summary>
    public string InApplication => System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, OutputPath));
}
