using System.Text;
using static MLSegmentation.OnnxFields;

namespace MLSegmentation;

/// <summary>
/// Model files with what the files beside them say. It is put behind the model's bytes as properties: protobuf reads two messages
/// in a row as one. So a zip, another process and every reader of the bytes know it without those files.
/// </summary>
internal static class DescribedModel
{
    private const int LongestProperty = 1 << 20, HasLength = 2;
    private const string OwnKeys = "mlsegmentation.";

    /// <summary>
    /// The content of a model file, with the description of the files beside it unless it has metadata of its own.
    /// </summary>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <exception cref="InvalidDataException">A file beside it is damaged.</exception>
    public static byte[] Read(string path)
    {
        if (!HuggingFaceFiles.AreBeside(path)) return File.ReadAllBytes(path);
        using FileStream file = File.OpenRead(path);
        if (!file.CanSeek || !NeedsDescription(file) || HuggingFaceFiles.Read(path) is not { } description)
            return File.ReadAllBytes(path);
        byte[] properties = Write(description.ToProperties());
        if (file.Length + properties.Length > Array.MaxLength) return File.ReadAllBytes(path);
        byte[] model = GC.AllocateUninitializedArray<byte>((int)file.Length + properties.Length);
        file.Position = 0;
        file.ReadExactly(model, 0, model.Length - properties.Length);
        properties.CopyTo(model, model.Length - properties.Length);
        return model;
    }

    /// <summary>
    /// Whether the file is whole and has no metadata of this project. Behind a message that breaks off, properties would be taken
    /// for the rest of it.
    /// </summary>
    private static bool NeedsDescription(FileStream file)
    {
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        try
        {
            while (file.Position < file.Length)
            {
                ulong tag = (ulong)reader.Read7BitEncodedInt64();
                if ((tag & 7) != HasLength)
                {
                    // Of a model's fields, the other ones are numbers.
                    if ((tag & 7) != 0) return false;
                    reader.Read7BitEncodedInt64();
                    continue;
                }
                long length = reader.Read7BitEncodedInt64(), rest = file.Length - file.Position;
                if (length < 0 || length > rest) return false;
                if (tag >> 3 != ModelProperties || length > LongestProperty) file.Position += length;
                else if (TextsOf(reader.ReadBytes((int)length), EntryKey).Any(IsOwn)) return false;
            }
            return true;
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException)
        {
            return false;
        }
    }

    private static bool IsOwn(string key) => key.StartsWith(OwnKeys, StringComparison.Ordinal);

    private static byte[] Write(IReadOnlyDictionary<string, string> properties)
    {
        (byte[] Key, byte[] Value)[] entries =
            [.. properties.Select(property => (Encoding.UTF8.GetBytes(property.Key), Encoding.UTF8.GetBytes(property.Value)))];
        static long LengthOf((byte[] Key, byte[] Value) entry) =>
            ProtobufWriter.SizeOf(EntryKey, entry.Key.Length) + ProtobufWriter.SizeOf(EntryValue, entry.Value.Length);
        var bytes = new byte[entries.Sum(entry => ProtobufWriter.SizeOf(ModelProperties, LengthOf(entry)))];
        var writer = new ProtobufWriter(bytes);
        foreach (var entry in entries)
        {
            writer.Begin(ModelProperties, LengthOf(entry));
            writer.Begin(EntryKey, entry.Key.Length);
            writer.Write(entry.Key);
            writer.Begin(EntryValue, entry.Value.Length);
            writer.Write(entry.Value);
        }
        return bytes;
    }
}
