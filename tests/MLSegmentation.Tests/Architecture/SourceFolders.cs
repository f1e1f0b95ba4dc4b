using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace MLSegmentation.Tests;

/// <summary>Which folder of a project each of its types is written in.</summary>
internal sealed partial class SourceFolders
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);
    private readonly Assembly _assembly;

    /// <param name="assembly">The project's assembly.</param>
    /// <param name="projectName">The project's folder in <c>src</c>.</param>
    public SourceFolders(Assembly assembly, string projectName)
    {
        _assembly = assembly;
        string project = Path.Combine(SharedData.Repository, "src", projectName);
        Names = [.. Directory.GetDirectories(project).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj" or "buildTransitive"))];
        foreach (string folder in Names)
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(project, folder), "*.cs", SearchOption.AllDirectories))
            {
                string own = Path.GetFileNameWithoutExtension(file);
                foreach (Match type in TypeDeclaration().Matches(File.ReadAllText(file)))
                {
                    // A type in several files belongs to the one with its name.
                    string declared = type.Groups[1].Value;
                    if (declared == own) _folders[declared] = folder;
                    else _folders.TryAdd(declared, folder);
                }
            }
        }
    }

    /// <summary>The project's folders.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The folder of a type; null for one of another assembly or of the compiler's making.</summary>
    public string? Of(Type type)
    {
        if (type.Assembly != _assembly) return null;
        while (type.DeclaringType is { } outer) type = outer;
        if (_folders.TryGetValue(type.Name.Split('`')[0], out string? folder)) return folder;

        // What protoc makes of Onnx/onnx.proto is in no source file; what remains is the compiler's.
        string lastOfNamespace = type.Namespace?.Split('.')[^1] ?? "";
        bool isCompilers = type.Name.StartsWith('<') || type.IsDefined(typeof(CompilerGeneratedAttribute), false);
        return !isCompilers && Names.Contains(lastOfNamespace) ? lastOfNamespace : null;
    }

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|sealed|static|abstract|partial|readonly|ref|file|unsafe) )*(?:class|record struct|record|struct|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
