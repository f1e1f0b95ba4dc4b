using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

/// <summary>
/// The programs of README.md and of all pages in docs/, compiled as one project against the libraries beside this test.
/// </summary>
internal sealed class CompiledPages : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
          <ItemGroup>
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            <Reference Include="LIBRARIES/MLSegmentation*.dll;LIBRARIES/Microsoft.ML*.dll;LIBRARIES/TorchSharp.dll"
                       Exclude="LIBRARIES/*.Tests.dll" Private="false" />
          </ItemGroup>
        </Project>
        """;

    private readonly string _folder;

    private CompiledPages(string folder, IReadOnlyList<string> programs)
    {
        _folder = folder;
        Programs = programs;
    }

    /// <summary>The names of all programs: a page's, with <c>-web</c> behind it for a web service.</summary>
    public IReadOnlyList<string> Programs { get; }

    /// <summary>The compiled application; its first argument is the name of the program to run.</summary>
    public string Application => Path.Combine(_folder, "app", "pages.dll");

    /// <summary>Compiles the pages.</summary>
    public static CompiledPages Build()
    {
        string folder = Directory.CreateTempSubdirectory("mlseg-pages-").FullName;
        string source = Directory.CreateDirectory(Path.Combine(folder, "source")).FullName, app = Path.Combine(folder, "app");
        (string Name, string Code)[] programs = [.. Pages().SelectMany(
            file => PageCode.Programs(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))];
        foreach (var (name, code) in programs) File.WriteAllText(Path.Combine(source, $"{name}.cs"), code);
        File.WriteAllText(Path.Combine(source, "Main.cs"), EntryPoint(programs.Select(program => program.Name)));
        string libraries = AppContext.BaseDirectory.TrimEnd('/', '\\');
        string project = Project.Replace("LIBRARIES", libraries, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(source, "pages.csproj"), project);
        DotnetCommand.RunOrFail(source, "build", "-c", "Release", "-o", app);
        LinkLibraries(app);
        return new CompiledPages(folder, [.. programs.Select(program => program.Name)]);
    }

    /// <summary>Runs a program in a folder and gives what it wrote.</summary>
    public string Run(string program, string folder) => DotnetCommand.RunOrFail(folder, "exec", Application, program);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> Pages() =>
    [
        Path.Combine(SharedData.Repository, "README.md"),
        .. Directory.EnumerateFiles(Path.Combine(SharedData.Repository, "docs"), "*.md").Order(),
    ];

    private static string EntryPoint(IEnumerable<string> programs)
    {
        IEnumerable<string> cases = programs.Select(
            name => $"case \"{name}\": await {PageCode.Namespace(name)}.Program.RunAsync(args[1..]); break;");
        return $"switch (args[0]) {{\n{string.Join('\n', cases)}\ndefault: throw new ArgumentException(args[0]);\n}}";
    }

    /// <summary>Puts links to the libraries beside the application, whose list of dependencies is the test's own.</summary>
    private static void LinkLibraries(string app)
    {
        string tests = Path.Combine(AppContext.BaseDirectory, typeof(CompiledPages).Assembly.GetName().Name!);
        File.Copy($"{tests}.deps.json", Path.Combine(app, "pages.deps.json"), overwrite: true);
        foreach (string library in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(IsLibrary))
            File.CreateSymbolicLink(Path.Combine(app, Path.GetFileName(library)), library);
    }

    private static bool IsLibrary(string file) =>
        Path.GetExtension(file) is ".dll" or ".so" or ".dylib" || file.Contains(".so.", StringComparison.Ordinal);
}
