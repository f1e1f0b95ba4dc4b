using System.Text.Json;

namespace MLSegmentation;

/// <summary>Writes the objects of a JSON array to a stream, a line each, without holding more than one in memory.</summary>
internal sealed class JsonItems(Stream stream)
{
    // Not disposed of: it holds nothing but the flushed item's memory, and would write to a stream that is closed by then.
    private readonly Utf8JsonWriter _json = new(stream);
    private bool _hasItems;

    /// <summary>Begins an object; <see cref="End"/> ends it.</summary>
    public Utf8JsonWriter Begin()
    {
        stream.Write(_hasItems ? ",\n"u8 : "\n"u8);
        _hasItems = true;
        _json.Reset();
        _json.WriteStartObject();
        return _json;
    }

    public void End()
    {
        _json.WriteEndObject();
        _json.Flush();
    }
}
