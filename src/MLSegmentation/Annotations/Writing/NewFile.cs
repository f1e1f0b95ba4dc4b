using System.Text;

namespace MLSegmentation;

/// <summary>Files of labels, which people may have worked at: none is ever replaced.</summary>
internal static class NewFile
{
    /// <summary>Begins a file, and makes its folder.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static PartialFile Begin(string path)
    {
        Prepare(path);
        return new PartialFile(path);
    }

    /// <summary>Makes the folder of a file.</summary>
    /// <exception cref="IOException">The file is there already.</exception>
    public static void Prepare(string path)
    {
        if (Path.Exists(path))
            throw new IOException($"There is '{path}' already, and labels are not replaced. Give another place, or delete it.");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Writes a file of text.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void WriteText(string path, string text)
    {
        Prepare(path);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The path of a file in a folder, by the name of an image.</summary>
    /// <exception cref="InvalidDataException">The name leads out of the folder.</exception>
    public static string Within(string folder, string name)
    {
        if (Path.IsPathRooted(name) || name.Split('/', '\\').Contains(".."))
        {
            throw new InvalidDataException(
                $"The image '{PrintableText.Of(name)}' is outside of the folder of images. Give the folder that all images are "
                + "in.");
        }
        return Path.Combine(folder, name);
    }
}
