using System.Text.Json;

namespace MLSegmentation;

/// <summary>Reads the <c>segmentation</c> of a COCO annotation: a list of polygons, or run lengths.</summary>
internal static class CocoSegmentation
{
    private const int LeastNumbers = 6;

    /// <summary>The shape of the value in hand, or why it has none.</summary>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public static (RegionShape? Shape, string? Fault) Read(JsonFileReader json) => json.Token switch
    {
        JsonTokenType.StartArray => ReadPolygons(json),
        JsonTokenType.StartObject => (ReadRunLengths(json), null),
        JsonTokenType.Null => (null, "has no segmentation"),
        _ => throw json.Damaged("a segmentation is neither a list of polygons nor run lengths"),
    };

    private static (RegionShape? Shape, string? Fault) ReadPolygons(JsonFileReader json)
    {
        List<PolygonShape> polygons = [];
        string? fault = null;
        foreach (List<double> numbers in json.ReadNumberLists())
        {
            if (numbers.Count % 2 != 0)
                throw json.Damaged($"a polygon has {numbers.Count} numbers, expected pairs of x and y");
            if (numbers.Count < LeastNumbers) fault = $"has a polygon of {numbers.Count / 2} points, expected at least 3";
            else polygons.Add(new PolygonShape([.. numbers.Chunk(2).Select(pair => new PolygonPoint(pair[0], pair[1]))]));
        }
        return polygons.Count > 0 ? (new UnionShape(polygons), null) : (null, fault ?? "has an empty segmentation");
    }

    private static RunLengthShape ReadRunLengths(JsonFileReader json)
    {
        List<double>? size = null;
        int[]? counts = null;
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "size": size = json.ReadNumbers(); break;
                case "counts" when json.Token == JsonTokenType.String: counts = Decompress(json); break;
                case "counts": counts = [.. json.ReadNumbers().Select(number => Whole(json, number))]; break;
            }
        }
        return size is [var height, var width] && counts is not null
            ? new RunLengthShape(counts, Whole(json, width), Whole(json, height))
            : throw json.Damaged("run lengths have no size of height and width, or no counts");
    }

    private static int[] Decompress(JsonFileReader json)
    {
        try
        {
            return RunLengthText.Decompress(json.GetText());
        }
        catch (FormatException error)
        {
            throw json.Damaged(error.Message);
        }
    }

    private static int Whole(JsonFileReader json, double number) =>
        number is >= 0 and <= int.MaxValue && Math.Floor(number) == number
            ? (int)number
            : throw json.Damaged($"run lengths have the number {number}, expected a count of pixels");
}
