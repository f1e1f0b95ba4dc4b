using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace MLSegmentation.Tests;

/// <summary>Which folder of a project, or of one of its folders, each type is written in.</summary>
internal sealed partial class SourceFolders
{
    /// <summary>The name of the files that lie in no folder of the parent.</summary>
    public const string Root = ".";

    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);
    private readonly Assembly _assembly;

    /// <param name="assembly">The project's assembly.</param>
    /// <param name="parent">The project's folder in <c>src</c>, or one of its folders.</param>
    public SourceFolders(Assembly assembly, string parent)
    {
        _assembly = assembly;
        string path = Path.Combine(SharedData.Repository, "src", parent);
        string[] folders = [.. Directory.GetDirectories(path)
            .Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj" or "buildTransitive"))];

        // A project's own files, such as Program.cs, are no folder of it.
        Names = Path.GetFileName(parent) != parent && Directory.EnumerateFiles(path, "*.cs").Any() ? [Root, .. folders] : folders;
        foreach (string folder in Names)
        {
            SearchOption depth = folder == Root ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories;
            foreach (string file in Directory.EnumerateFiles(Path.Combine(path, folder), "*.cs", depth))
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

    /// <summary>The folders, and <see cref="Root"/> where there are files beside them.</summary>
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

    [GeneratedRegex(
        @"^\s*(?:(?:public|internal|private|sealed|static|abstract|partial|readonly|ref|file|unsafe) )*"
        + @"(?:class|record struct|record|struct|interface|enum) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
