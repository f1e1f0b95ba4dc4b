namespace MLSegmentation.Training.Tests;

/// <summary>Projects that use the packages of this build, in a folder that is deleted with what they restored.</summary>
internal sealed class ConsumerProjects : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlseg-package-").FullName;

    public ConsumerProjects() =>
        Packages = PackedPackages.Pack(Directory.CreateDirectory(Path.Combine(_folder, "feed")).FullName);

    public PackedPackages Packages { get; }

    /// <summary>A folder with a project that restores the packed packages.</summary>
    /// <param name="name">The folder's name.</param>
    /// <param name="project">The project's content, with VERSION for the version of the packed packages.</param>
    public string Create(string name, string project)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.WriteAllText(
            Path.Combine(folder, "consumer.csproj"), project.Replace("VERSION", Packages.Version, StringComparison.Ordinal));
        File.WriteAllText(
            Path.Combine(folder, "nuget.config"),
            $"""<configuration><packageSources><add key="packed" value="{Packages.Feed}" /></packageSources></configuration>""");
        return folder;
    }

    public void Restore(string project, params string[] options)
    {
        var (exitCode, output) = TryRestore(project, options);
        Assert.AreEqual(0, exitCode, output);
    }

    /// <summary>
    /// Takes other packages from where they already are, without copying libtorch, and puts the packed ones into a folder that
    /// goes with this test.
    /// </summary>
    public (int ExitCode, string Output) TryRestore(string project, params string[] options)
    {
        const string NoConnection = "NU1301";
        string global = DotnetCommand.RunOrFail(project, "nuget", "locals", "global-packages", "--list").Split(": ", 2)[1].Trim();
        var (exitCode, output) = DotnetCommand.Run(
            project, ["restore", $"-p:RestorePackagesPath={Path.Combine(_folder, "packages")}",
            $"-p:RestoreFallbackFolders={global}", .. options]);
        if (exitCode != 0 && output.Contains(NoConnection, StringComparison.Ordinal))
            Assert.Inconclusive($"The packages that the packed ones need cannot be restored without a connection: {output}");
        return (exitCode, output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
