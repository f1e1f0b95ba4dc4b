using System.Runtime.InteropServices;

namespace MLSegmentation.Training;

/// <summary>
/// The libtorch that TorchSharp computes with, where it is not the one of its package: a folder of another, such as that of
/// Python's torch package. A process has one libtorch, from its first use to its end.
/// </summary>
/// <remarks>
/// The libraries are loaded by their full paths, each after those that it needs. What is loaded already satisfies whoever asks
/// for a library of that name later, so that <c>LD_LIBRARY_PATH</c> is not needed. CUDA's own libraries are found by the paths
/// that the libraries of the folder name themselves.
/// </remarks>
internal static class TorchLibrary
{
    /// <summary>The environment variable that names a folder where no option does.</summary>
    public const string Variable = "MLSEG_LIBTORCH";

    // A folder beside the application, where its own libtorch is out of TorchSharp's sight.
    private const string OwnFolder = "libtorch";

    private const string Required = "torch_cpu";
    private static readonly string[] _inOrder = ["c10", Required, "c10_cuda", "torch_cuda", "torch"];
    private static readonly Lock _lock = new();
    private static bool _isLoaded;
    private static InvalidOperationException? _failure;
    private static string? _folder;
    private static Version? _version;

    /// <summary>The version that TorchSharp is compiled against.</summary>
    public static Version Expected { get; } = new(2, 10, 0);

    /// <summary>Such as <c>libtorch 2.11.0 of '/opt/torch/lib'</c>.</summary>
    public static string Description => $"libtorch {_version?.ToString() ?? "of an unknown version"} of {FolderText}";

    private static string FolderText => _folder is null ? "this application" : $"'{_folder}'";

    /// <summary>Loads libtorch, once in a process: that of the folder, of the environment, or the application's own.</summary>
    /// <param name="folder">The folder of another libtorch, or one that holds it as <c>lib</c>; null for no option.</param>
    /// <param name="bind">Has TorchSharp load its own library, and libtorch where that is not done.</param>
    /// <exception cref="InvalidOperationException">
    /// The folder is none of libtorch, its libraries cannot be loaded or have a version that does not fit, or the process
    /// computes with another one already.
    /// </exception>
    public static void Use(string? folder, Action bind)
    {
        lock (_lock)
        {
            // What is loaded was chosen: the variable, which goes behind an option, asks for no other any more.
            string? asked = folder ?? (_isLoaded ? null : Environment.GetEnvironmentVariable(Variable));
            string? found = string.IsNullOrEmpty(asked) ? null : Find(asked);

            // Libraries that are loaded stay: a process that failed halfway cannot take others.
            if (_failure is not null) throw new InvalidOperationException(_failure.Message, _failure);
            if (!_isLoaded) LoadOnce(found, bind);
            else if (found is not null && found != _folder)
            {
                throw new InvalidOperationException(
                    $"This process computes with the libtorch of {FolderText} already, so that of '{found}' cannot be taken. "
                    + $"Name the folder before anything uses TorchSharp, or in the environment variable {Variable}.");
            }
        }
    }

    /// <summary>The version in libtorch's own form, 8 bits each from the top: 0x020a000000000000 is 2.10.0.</summary>
    internal static Version ToVersion(ulong number) =>
        new((int)(number >> 56), (int)(number >> 48 & 0xff), (int)(number >> 40 & 0xff));

    private static void LoadOnce(string? folder, Action bind)
    {
        try
        {
            string own = Path.Combine(AppContext.BaseDirectory, OwnFolder);
            if (folder is not null) RefuseBeside(folder);
            if (folder is not null) Load(folder);
            else if (Beside(Required) is null && File.Exists(Path.Combine(own, FileName(Required)))) Load(own);
        }
        catch (InvalidOperationException error)
        {
            _failure = error;
            throw;
        }
        bind();
        _version ??= NativeLibrary.TryLoad(Required, typeof(TorchSharp.torch).Assembly, null, out nint library)
            ? VersionOf(library)
            : null;
        (_isLoaded, _folder) = (true, folder);
    }

    private static string Find(string folder)
    {
        string[] candidates = [folder, Path.Combine(folder, "lib")];
        if (candidates.FirstOrDefault(one => File.Exists(Path.Combine(one, FileName(Required)))) is { } found)
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(found));
        throw new InvalidOperationException(
            $"The folder '{folder}' is to hold libtorch and has no {FileName(Required)}. Give LibTorchFolder, or the environment "
            + $"variable {Variable}, the folder 'lib' of libtorch or of Python's torch package, which this prints: "
            + "python3 -c \"import torch; print(torch.__path__[0] + '/lib')\".");
    }

    private static void Load(string folder)
    {
        foreach (string path in _inOrder.Select(name => Path.Combine(folder, FileName(name))).Where(File.Exists))
        {
            try
            {
                nint library = NativeLibrary.Load(path);
                if (Path.GetFileName(path) == FileName(Required)) RequireVersion(folder, VersionOf(library));
            }
            catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
            {
                throw new InvalidOperationException($"The libtorch of '{folder}' cannot be loaded: {error.Message}", error);
            }
        }
    }

    /// <summary>A second libtorch would register every operation a second time, which ends the process.</summary>
    private static void RefuseBeside(string folder)
    {
        if ((Beside(Required) ?? Beside("torch_cuda")) is not { } own) return;
        throw new InvalidOperationException(
            $"TorchSharp loads '{own}' in any case, so that the libtorch of '{folder}' cannot be taken. Reference the package "
            + $"TorchSharp in place of the one with that libtorch, or move its files into a folder '{OwnFolder}' beside the "
            + "application, where they are taken when nothing else is asked for.");
    }

    private static void RequireVersion(string folder, Version? version)
    {
        _version = version;
        if (version is { } own && own.Major == Expected.Major && own.Minor >= Expected.Minor) return;
        throw new InvalidOperationException(
            $"The libtorch of '{folder}' has {(version is null ? "no version that it tells" : $"the version {version}")}; "
            + $"TorchSharp needs {Expected.Major}.{Expected.Minor} or a later one of {Expected.Major}.");
    }

    /// <summary>A library where the runtime looks for those of packages; null where it is not there.</summary>
    private static string? Beside(string library)
    {
        string searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string? own = Path.GetDirectoryName(typeof(TorchSharp.torch).Assembly.Location);
        return searched.Split(Path.PathSeparator).Append(own).Where(folder => !string.IsNullOrEmpty(folder))
            .Select(folder => Path.Combine(folder!, FileName(library))).FirstOrDefault(File.Exists);
    }

    private static unsafe Version? VersionOf(nint library) =>
        NativeLibrary.TryGetExport(library, "aoti_torch_abi_version", out nint version)
            ? ToVersion(((delegate* unmanaged<ulong>)version)())
            : null;

    private static string FileName(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll"
        : OperatingSystem.IsMacOS() ? $"lib{library}.dylib"
        : $"lib{library}.so";
}
