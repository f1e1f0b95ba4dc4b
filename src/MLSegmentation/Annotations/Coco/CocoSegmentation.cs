using System.Text.Json;

namespace MLSegmentation;

/// <summary>Reads the <c>segmentation</c> of a COCO annotation: a list of polygons, or run lengths.</summary>
internal static class CocoSegmentation
{
    private const int LeastNumbers = 6;

    /// <summary>The shape of the value in hand, or why it has none.</summary>
    /// <param name="json">The file.</param>
    /// <param name="origin">What has the segmentation, for errors.</param>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public static (RegionShape? Shape, string? Fault) Read(JsonFileReader json, string origin) => json.Token switch
    {
        JsonTokenType.StartArray => ReadPolygons(json, origin),
        JsonTokenType.StartObject => (ReadRunLengths(json, origin), null),
        JsonTokenType.Null => (null, "has no segmentation"),
        _ => throw json.Unexpected($"{origin} has a segmentation that is neither a list of polygons nor run lengths"),
    };

    private static (RegionShape? Shape, string? Fault) ReadPolygons(JsonFileReader json, string origin)
    {
        List<PolygonShape> polygons = [];
        string? fault = null;
        foreach (List<double> numbers in json.ReadNumberLists())
        {
            if (numbers.Count % 2 != 0)
                throw json.Unexpected($"{origin} has a polygon of {numbers.Count} numbers, expected pairs of x and y");
            if (numbers.Count < LeastNumbers) fault = $"has a polygon of {numbers.Count / 2} points, expected at least 3";
            else polygons.Add(new PolygonShape([.. numbers.Chunk(2).Select(pair => new PolygonPoint(pair[0], pair[1]))]));
        }
        return polygons.Count > 0 ? (new UnionShape(polygons), null) : (null, fault ?? "has an empty segmentation");
    }

    private static RunLengthShape ReadRunLengths(JsonFileReader json, string origin)
    {
        List<double>? size = null;
        int[]? counts = null;
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "size": size = json.ReadNumbers(); break;
                case "counts" when json.Token == JsonTokenType.String: counts = Decompress(json, origin); break;
                case "counts": counts = [.. json.ReadNumbers().Select(number => Whole(json, number, origin))]; break;
            }
        }
        return size is [var height, var width] && counts is not null
            ? new RunLengthShape(counts, Whole(json, width, origin), Whole(json, height, origin))
            : throw json.Unexpected($"{origin} has run lengths without a size of height and width, or without counts");
    }

    private static int[] Decompress(JsonFileReader json, string origin)
    {
        try
        {
            return RunLengthText.Decompress(json.GetText());
        }
        catch (FormatException error)
        {
            throw json.Unexpected($"{origin}: {error.Message.TrimEnd('.')}");
        }
    }

    private static int Whole(JsonFileReader json, double number, string origin) =>
        number is >= 0 and <= int.MaxValue && Math.Floor(number) == number
            ? (int)number
            : throw json.Unexpected($"{origin} has run lengths with the number {number}, expected a count of pixels");
}
