using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Reads a JSON file token by token, in memory that does not grow with the file: only a piece of it is held, and the longest
/// token.
/// </summary>
internal sealed class JsonFileReader : IDisposable
{
    private const int PieceBytes = 1 << 16, LongestToken = 1 << 28;
    private static readonly JsonReaderOptions _options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 256,
    };

    private readonly string _path;
    private readonly long _most;
    private readonly FileStream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
    private JsonReaderState _state;

    // What of the buffer is not read yet, where it lies in the file, and the token in it.
    private int _start;
    private int _end;
    private long _offset;
    private int _tokenStart;
    private int _tokenLength;
    private bool _isLast;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">How many bytes of it are read; what is behind them is an error.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public JsonFileReader(string path, long most = long.MaxValue)
    {
        (_path, _most) = (path, most);
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        Start(0);
    }

    /// <summary>The kind of the token in hand.</summary>
    public JsonTokenType Token { get; private set; }

    /// <summary>How many objects and arrays the token is in.</summary>
    public int Depth { get; private set; }

    /// <summary>Where the token begins, in bytes from the start of the file.</summary>
    public long Position => _offset + _tokenStart;

    /// <summary>Goes on at a place of the file where a value begins.</summary>
    public void Start(long position)
    {
        _stream.Position = position;
        _state = new JsonReaderState(_options);
        (_offset, _start, _end, _tokenStart, _tokenLength, _isLast) = (position, 0, 0, 0, 0, false);
        Fill();
        if (position == 0 && _buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble)) _start = Encoding.UTF8.Preamble.Length;
    }

    /// <summary>Reads the next token.</summary>
    /// <exception cref="InvalidDataException">The file is no JSON, or ends too early.</exception>
    public void Read()
    {
        if (!TryRead()) throw Damaged("it ends too early");
    }

    /// <summary>Reads the next token; false at the end of the file.</summary>
    /// <exception cref="InvalidDataException">The file is no JSON, or ends within a value.</exception>
    public bool TryRead()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isLast, _state);
            bool isRead;
            try
            {
                isRead = reader.Read();
            }
            catch (JsonException error)
            {
                throw Damaged(error.Message.TrimEnd('.'));
            }
            if (isRead)
            {
                (Token, Depth) = (reader.TokenType, reader.CurrentDepth);
                _tokenStart = _start + (int)reader.TokenStartIndex;
                int consumed = (int)reader.BytesConsumed;
                // Behind the name of a property, its colon is consumed too.
                _tokenLength = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                    ? reader.ValueSpan.Length + 2
                    : reader.ValueSpan.Length;
                (_start, _state) = (_start + consumed, reader.CurrentState);
                return true;
            }
            if (_isLast) return false;
            (_start, _state) = (_start + (int)reader.BytesConsumed, reader.CurrentState);
            Fill();
        }
    }

    /// <summary>The text of the token in hand, a string or a property's name.</summary>
    public string GetText()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_tokenStart, _tokenLength));
        reader.Read();
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Damaged("a text is no UTF-8");
        }
    }

    /// <summary>The bytes of the base64 in hand, a string; null where it is none.</summary>
    public byte[]? GetBytes()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_tokenStart, _tokenLength));
        reader.Read();
        return reader.TryGetBytesFromBase64(out byte[]? bytes) ? bytes : null;
    }

    /// <summary>The text of the token in hand; null where it is none.</summary>
    public string? GetTextOrNull() => Token == JsonTokenType.String ? GetText() : null;

    /// <summary>The number of the token in hand; null where it is none.</summary>
    public double? GetNumber()
    {
        if (Token != JsonTokenType.Number) return null;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_tokenStart, _tokenLength));
        reader.Read();
        return reader.TryGetDouble(out double number) && double.IsFinite(number) ? number : null;
    }

    /// <summary>Whether the token in hand is true.</summary>
    public bool IsTrue => Token == JsonTokenType.True;

    /// <summary>The whole number of the token in hand, or of its text; null where it is none.</summary>
    public long? GetWhole()
    {
        if (Token == JsonTokenType.String) return long.TryParse(GetText(), out long parsed) ? parsed : null;
        if (GetNumber() is not { } number) return null;
        // A double does not hold all whole numbers beyond 2^53, as some programs make ids.
        var reader = new Utf8JsonReader(_buffer.AsSpan(_tokenStart, _tokenLength));
        reader.Read();
        if (reader.TryGetInt64(out long whole)) return whole;
        return Math.Abs(number) < 1L << 53 && Math.Floor(number) == number ? (long)number : null;
    }

    /// <summary>
    /// The names of the properties of the object in hand, each with its value in hand; a value that is not read is passed over.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no object.</exception>
    public IEnumerable<string> Properties()
    {
        if (Token != JsonTokenType.StartObject) throw Unexpected("there is no object where one is expected");
        for (Read(); Token != JsonTokenType.EndObject; Read())
        {
            string name = GetText();
            Read();
            long place = Position;
            yield return name;
            if (Position == place) Skip();
        }
    }

    /// <summary>
    /// The items of the array in hand, each with its value in hand; one that is not read is passed over.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no array.</exception>
    public IEnumerable<int> Items()
    {
        if (Token != JsonTokenType.StartArray) throw Unexpected("there is no list where one is expected");
        int index = 0;
        for (Read(); Token != JsonTokenType.EndArray; Read())
        {
            long place = Position;
            yield return index++;
            if (Position == place) Skip();
        }
    }

    /// <summary>Passes over the value in hand, to its last token.</summary>
    private void Skip()
    {
        if (Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        int depth = Depth;
        do Read();
        while (Depth > depth);
    }

    /// <summary>An error in what the JSON says, which is sound itself.</summary>
    public InvalidDataException Unexpected(string what) => new(
        $"The file '{_path}' is not as expected near byte {_offset + _start}: {PrintableText.Of(what)}. Mend it, or export it "
        + "anew.");

    /// <summary>An error in the JSON itself.</summary>
    public InvalidDataException Damaged(string what) => new(
        $"The file '{_path}' is damaged or no JSON, near byte {_offset + _start}: {PrintableText.Of(what)}. Export it anew.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>Moves what is left to the start of the buffer, and reads more behind it.</summary>
    private void Fill()
    {
        int left = _end - _start;
        if (left == _buffer.Length)
        {
            if (left >= LongestToken) throw Damaged($"a text has more than {LongestToken >> 20} MB");
            byte[] larger = ArrayPool<byte>.Shared.Rent(2 * left);
            _buffer.AsSpan(_start, left).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else _buffer.AsSpan(_start, left).CopyTo(_buffer);
        _offset += _start;
        if (_offset + left > _most) throw Damaged($"there is no end of it within {_most} bytes");
        (_start, _end) = (0, left);
        int read = _stream.ReadAtLeast(_buffer.AsSpan(left), 1, throwOnEndOfStream: false);
        _end += read;
        _isLast = read == 0;
    }
}
