using System.Globalization;
using static MLSegmentation.OnnxFields;

namespace MLSegmentation;

/// <summary>A tensor whose values lie in a file beside the model (<c>external_data</c> of onnx.proto3).</summary>
internal sealed class OutsideTensor
{
    private const string CopyAgain = "Copy or download the model and this file again.";

    private readonly string _owner;
    private readonly WeightFile _file;
    private readonly long _offset;

    private OutsideTensor(string owner, WeightFile file, long offset, int length) =>
        (_owner, _file, _offset, Length) = (owner, file, offset, length);

    /// <summary>How many bytes the values take.</summary>
    public int Length { get; }

    /// <summary>Whether a tensor says that its values lie in another file.</summary>
    public static bool IsIn(ReadOnlySpan<byte> tensor)
    {
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
        {
            if (fields.Field == TensorOutside || (fields.Field == TensorLocation && fields.Number != 0)) return true;
        }
        return false;
    }

    /// <summary>Reads where the values of a tensor lie, and checks that they are there.</summary>
    /// <param name="tensor">A tensor for which <see cref="IsIn"/> is true.</param>
    /// <param name="folder">The model's folder.</param>
    /// <param name="source">What errors call the model.</param>
    /// <exception cref="InvalidDataException">They are not there, or more or fewer than the tensor has.</exception>
    public static OutsideTensor Read(ReadOnlySpan<byte> tensor, WeightFolder folder, string source)
    {
        Dictionary<string, string> entries = ReadEntries(tensor);
        string name = TextsOf(tensor, TensorName).LastOrDefault(""), location = entries.GetValueOrDefault("location", "");
        string owner = $"{source} keeps the values of its tensor '{PrintableText.Of(name)}' in another file, "
            + $"'{PrintableText.Of(location)}'";
        if (folder.FindFault(location, out WeightFile file) is { } fault)
            throw new InvalidDataException($"{owner}, {fault}");
        if (HasValues(tensor)) throw Damaged(owner, "and has values of its own as well");
        if (TensorSize.FindFault(tensor, out int length) is { } unsound) throw Damaged(owner, unsound);
        long offset = NumberIn(entries, "offset", owner) ?? 0;
        if (NumberIn(entries, "length", owner) is { } said && said != length)
            throw Damaged(owner, $"where they take {said:N0} bytes, but its type and shape take {length:N0}");
        return offset <= file.Length - length
            ? new OutsideTensor(owner, file, offset, length)
            : throw new InvalidDataException(
                $"{owner}, as {length:N0} bytes from {offset:N0} on, but '{PrintableText.Of(file.Path)}' has {file.Length:N0} "
                + $"bytes: it is not whole, or another model's. {CopyAgain}");
    }

    /// <summary>Reads the values, <see cref="Length"/> bytes.</summary>
    /// <exception cref="InvalidDataException">The file has become shorter.</exception>
    public void CopyTo(Span<byte> values)
    {
        if (!_file.TryRead(values, _offset))
            throw new InvalidDataException($"{_owner}, which became shorter while it was read. {CopyAgain}");
    }

    private static Dictionary<string, string> ReadEntries(ReadOnlySpan<byte> tensor)
    {
        var entries = new Dictionary<string, string>();
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
        {
            if (fields.Field != TensorOutside) continue;
            entries[TextsOf(fields.Content, EntryKey).LastOrDefault("")] = TextsOf(fields.Content, EntryValue).LastOrDefault("");
        }
        return entries;
    }

    private static bool HasValues(ReadOnlySpan<byte> tensor)
    {
        var fields = new ProtobufReader(tensor);
        while (fields.Next())
        {
            // float_data, int32_data, string_data, int64_data; raw_data, double_data, uint64_data. Empty ones are none.
            if (fields.Field is (>= 4 and <= 7) or (>= 9 and <= 11) && !(fields.HasLength && fields.Content.IsEmpty)) return true;
        }
        return false;
    }

    private static long? NumberIn(Dictionary<string, string> entries, string key, string owner)
    {
        if (!entries.TryGetValue(key, out string? text)) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Damaged(owner, $"with the {key} '{PrintableText.Of(text)}', expected a whole number of bytes");
    }

    private static InvalidDataException Damaged(string owner, string what) => new($"{owner}, {what}. {CopyAgain}");
}
