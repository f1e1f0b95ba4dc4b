using System.Globalization;
using static MLSegmentation.OnnxFields;

namespace MLSegmentation;

/// <summary>A tensor whose values lie in a file beside the model (<c>external_data</c> of onnx.proto3).</summary>
internal sealed class OutsideTensor
{
    private readonly WeightFile _file;
    private readonly long _offset;

    private OutsideTensor(WeightFile file, long offset, int length) => (_file, _offset, Length) = (file, offset, length);

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
        string location = entries.GetValueOrDefault("location", "");
        string? fault = folder.FindFault(location, out WeightFile file);
        (long offset, int length) = (0, 0);
        if (fault is null && FindFault(tensor, entries, file, out offset, out length) is { } unfit)
            fault = $"{unfit}. Copy or download the model and this file again.";
        if (fault is null) return new OutsideTensor(file, offset, length);
        string name = TextsOf(tensor, TensorName).LastOrDefault("");
        throw new InvalidDataException(
            $"{source} keeps the values of its tensor '{PrintableText.Of(name)}' in another file, "
            + $"'{PrintableText.Of(location)}', {fault}");
    }

    /// <summary>Reads the values, <see cref="Length"/> bytes.</summary>
    /// <exception cref="InvalidDataException">The file has become shorter.</exception>
    public void CopyTo(Span<byte> values)
    {
        if (_file.TryRead(values, _offset)) return;
        throw new InvalidDataException(
            $"The file '{PrintableText.Of(_file.Path)}' with a model's weights became shorter while it was read. Open the model "
            + "again once nobody writes to it.");
    }

    private static string? FindFault(
        ReadOnlySpan<byte> tensor, Dictionary<string, string> entries, WeightFile file, out long offset, out int length)
    {
        (offset, length) = (0, 0);
        if (HasValues(tensor)) return "and has values of its own as well";
        if (TensorSize.FindFault(tensor, out length) is { } unsound) return unsound;
        long said = length;
        if (FindNumberFault(entries, "offset", ref offset) is { } wrongOffset) return wrongOffset;
        if (FindNumberFault(entries, "length", ref said) is { } wrongLength) return wrongLength;
        if (said != length) return $"where they take {said:N0} bytes, but its type and shape take {length:N0}";
        return offset <= file.Length - length ? null
            : $"as {length:N0} bytes from {offset:N0} on, but '{PrintableText.Of(file.Path)}' has {file.Length:N0} bytes: it is "
                + "not whole, or another model's";
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

    private static string? FindNumberFault(Dictionary<string, string> entries, string key, ref long number)
    {
        if (!entries.TryGetValue(key, out string? text)) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) ? null
            : $"with the {key} '{PrintableText.Of(text)}', expected a whole number of bytes";
    }
}
