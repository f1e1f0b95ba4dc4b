using System.Globalization;
using System.Text;

namespace MLSegmentation;

/// <summary>
/// Reads what <c>repr</c> of Python writes for a dictionary of numbers and texts, or a list: <c>{0: 'sky', 1: "it's"}</c>,
/// <c>[640, 640]</c>. Nothing is nested, and nothing is run.
/// </summary>
internal ref struct PythonLiteral(ReadOnlySpan<char> text)
{
    private const int MostEntries = OnnxModelInfo.MostClasses;
    private readonly int _length = text.Length;
    private ReadOnlySpan<char> _rest = text;

    /// <summary>Texts by their numbers: those of a dictionary, or of a list from 0 on.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static SortedDictionary<int, string> ReadTexts(string text)
    {
        var reader = new PythonLiteral(text);
        var texts = new SortedDictionary<int, string>();
        bool hasKeys = reader.TryTake('{');
        if (!hasKeys) reader.Take('[');
        char end = hasKeys ? '}' : ']';
        while (!reader.TryTake(end))
        {
            int key = texts.Count;
            if (hasKeys)
            {
                key = reader.ReadInteger();
                reader.Take(':');
            }
            texts[key] = reader.ReadText();
            if (texts.Count > MostEntries) throw reader.Fault($"at most {MostEntries} texts");
            if (reader.TryTake(',')) continue;
            reader.Take(end);
            break;
        }
        reader.TakeEnd();
        return texts;
    }

    /// <summary>The numbers of a list, or a number alone.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static IReadOnlyList<int> ReadIntegers(string text)
    {
        var reader = new PythonLiteral(text);
        var numbers = new List<int>();
        if (!reader.TryTake('[') && !reader.TryTake('(')) numbers.Add(reader.ReadInteger());
        else
        {
            while (!reader.TryTake(']') && !reader.TryTake(')'))
            {
                numbers.Add(reader.ReadInteger());
                reader.TryTake(',');
                if (numbers.Count > MostEntries) throw reader.Fault($"at most {MostEntries} numbers");
            }
        }
        reader.TakeEnd();
        return numbers;
    }

    private int ReadInteger()
    {
        _rest = _rest.TrimStart();
        int digits = 0;
        while (digits < _rest.Length && char.IsAsciiDigit(_rest[digits])) digits++;
        if (!int.TryParse(_rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            throw Fault("a whole number");
        _rest = _rest[digits..];
        return number;
    }

    private string ReadText()
    {
        char quote = TryTake('\'') ? '\'' : '"';
        if (quote == '"') Take('"');
        var read = new StringBuilder();
        while (!_rest.IsEmpty && _rest[0] != quote)
        {
            if (_rest[0] != '\\') read.Append(Next());
            else AppendEscaped(read);
        }
        if (_rest.IsEmpty) throw Fault($"{quote} behind a text");
        _rest = _rest[1..];
        return read.ToString();
    }

    // docs.python.org, "String and Bytes literals"; repr writes no others.
    private void AppendEscaped(StringBuilder read)
    {
        _rest = _rest[1..];
        if (_rest.IsEmpty) throw Fault("a character behind \\");
        char kind = Next();
        switch (kind)
        {
            case '\\' or '\'' or '"':
                read.Append(kind);
                break;
            case 'n' or 'r' or 't':
                read.Append(kind == 'n' ? '\n' : kind == 'r' ? '\r' : '\t');
                break;
            case 'x' or 'u' or 'U':
                int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 8;
                if (_rest.Length < digits
                    || !int.TryParse(_rest[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value)
                    || !Rune.TryCreate(value, out Rune character)) throw Fault($"the number of a character, of {digits} digits");
                _rest = _rest[digits..];
                read.Append(character.ToString());
                break;
            default:
                throw Fault("an escape that Python's repr writes");
        }
    }

    private char Next()
    {
        char next = _rest[0];
        _rest = _rest[1..];
        return next;
    }

    private bool TryTake(char wanted)
    {
        _rest = _rest.TrimStart();
        if (_rest.IsEmpty || _rest[0] != wanted) return false;
        _rest = _rest[1..];
        return true;
    }

    private void Take(char wanted)
    {
        if (!TryTake(wanted)) throw Fault($"{wanted}");
    }

    private void TakeEnd()
    {
        _rest = _rest.Trim();
        if (!_rest.IsEmpty) throw Fault("the end");
    }

    private readonly FormatException Fault(string expected) =>
        new($"expected {expected} at character {_length - _rest.Length + 1}");
}
