using System.Text.Json;

namespace MLSegmentation;

/// <summary>Numbers, points and sizes, as annotations in JSON have them.</summary>
internal static class JsonNumbers
{
    /// <summary>The numbers of the array in hand.</summary>
    /// <exception cref="InvalidDataException">It is none, or has something else in it.</exception>
    public static List<double> ReadNumbers(this JsonFileReader json)
    {
        if (json.Token != JsonTokenType.StartArray) throw json.Unexpected("there is no list of numbers where one is expected");
        List<double> numbers = [];
        for (json.Read(); json.Token != JsonTokenType.EndArray; json.Read())
            numbers.Add(json.GetNumber() ?? throw json.Unexpected("a list of numbers has something else in it"));
        return numbers;
    }

    /// <summary>The lists of numbers of the array in hand, or the one list that it is itself.</summary>
    /// <exception cref="InvalidDataException">It is none, or has something else in it.</exception>
    public static List<List<double>> ReadNumberLists(this JsonFileReader json)
    {
        List<List<double>> lists = [];
        List<double> own = [];
        foreach (int _ in json.Items())
        {
            if (json.GetNumber() is { } number) own.Add(number);
            else lists.Add(json.ReadNumbers());
        }
        return own.Count == 0 ? lists
            : lists.Count == 0 ? [own]
            : throw json.Unexpected("a list has numbers and lists of numbers");
    }

    /// <summary>The points of the array in hand, each of two numbers.</summary>
    /// <exception cref="InvalidDataException">It is none, or has something else in it.</exception>
    public static PolygonPoint[] ReadPoints(this JsonFileReader json)
    {
        List<PolygonPoint> points = [];
        foreach (int _ in json.Items())
        {
            points.Add(json.ReadNumbers() is [var x, var y]
                ? new PolygonPoint(x, y)
                : throw json.Unexpected("a point has not two numbers"));
        }
        return [.. points];
    }

    /// <summary>A size in pixels of two numbers; null where one is missing or none.</summary>
    public static (int Width, int Height)? SizeOf(long? width, long? height) =>
        width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue ? ((int)width, (int)height) : null;
}
