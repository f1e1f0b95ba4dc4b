using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace FreshProcess;

/// <summary>One value of a column beside what it was when it was kept, read by the column's type and nothing else.</summary>
public static class KeptValue
{
    /// <summary>Numbers may differ by this, or by this part of them: other processors add in another order.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>How the value differs; null where it does not.</summary>
    public static string? Difference(DataViewRow row, DataViewSchema.Column column, JsonElement kept, string folder)
    {
        switch (column.Type)
        {
            case ImageDataViewType:
                return Images(Get<MLImage>(row, column), kept, folder);
            case TextDataViewType:
                return Texts($"{Get<ReadOnlyMemory<char>>(row, column)}", kept.GetString()!);
            case VectorDataViewType { ItemType: TextDataViewType }:
                return Lists(Vector<ReadOnlyMemory<char>>(row, column), kept, (text, was) => text.ToString() == was.GetString());
            case VectorDataViewType { ItemType: KeyDataViewType }:
                return Masks(Vector<uint>(row, column), kept);
            case VectorDataViewType:
                return Lists(Vector<float>(row, column), kept, (number, was) => IsNear(number, was.GetSingle()));
            case KeyDataViewType:
                return Numbers(Get<uint>(row, column), kept);
            default:
                return Numbers(column.Type.RawType == typeof(int) ? Get<int>(row, column) : Get<float>(row, column), kept);
        }
    }

    /// <summary>A mask is kept as its rows, a digit a pixel.</summary>
    private static string? Masks(uint[] mask, JsonElement kept)
    {
        string now = string.Concat(mask), was = string.Concat(kept.EnumerateArray().Select(line => line.GetString()));
        if (now.Length != was.Length) return $"has {now.Length} pixels, had {was.Length}";
        int count = now.Zip(was).Count(pair => pair.First != pair.Second);
        return count == 0 ? null : $"differs in {count} of {was.Length} pixels";
    }

    private static string? Lists<T>(T[] now, JsonElement kept, Func<T, JsonElement, bool> areEqual)
    {
        JsonElement[] was = [.. kept.EnumerateArray()];
        if (now.Length != was.Length) return $"has {now.Length} values, had {was.Length}";
        int at = Array.FindIndex([.. now.Zip(was, areEqual)], isEqual => !isEqual);
        return at < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"is {now[at]} at {at}, was {was[at]}");
    }

    private static string? Numbers(double now, JsonElement kept) =>
        IsNear(now, kept.GetDouble()) ? null : string.Create(CultureInfo.InvariantCulture, $"is {now}, was {kept}");

    /// <summary>The one text column tells what is wrong with an image: of its words the file's name alone is kept.</summary>
    private static string? Texts(string now, string was) =>
        (was.Length == 0 ? now.Length == 0 : now.Contains(was, StringComparison.Ordinal)) ? null : $"is '{now}', was '{was}'";

    private static string? Images(MLImage? now, JsonElement kept, string folder)
    {
        if (kept.ValueKind == JsonValueKind.Null) return now is null ? null : "is an image, was none";
        if (now is null) return "is no image";
        using MLImage was = MLImage.CreateFromFile(Path.Combine(folder, kept.GetProperty("File").GetString()!));
        if ((now.Width, now.Height) != (was.Width, was.Height))
            return $"is {now.Width}x{now.Height}, was {was.Width}x{was.Height}";
        int most = Rgb(now).Zip(Rgb(was), (one, other) => Math.Abs(one - other)).Max();
        return most <= kept.GetProperty("Within").GetInt32() ? null : $"differs by up to {most} from {kept.GetProperty("File")}";
    }

    private static int[] Rgb(MLImage image)
    {
        byte[] pixels = image.Pixels.ToArray();
        int red = image.PixelFormat == MLPixelFormat.Bgra32 ? 2 : 0;
        return [.. pixels.Chunk(4).SelectMany(pixel => new int[] { pixel[red], pixel[1], pixel[2 - red] })];
    }

    private static bool IsNear(double now, double was) => Math.Abs(now - was) <= Tolerance * Math.Max(1, Math.Abs(was));

    private static T[] Vector<T>(DataViewRow row, DataViewSchema.Column column) =>
        [.. Get<VBuffer<T>>(row, column).DenseValues()];

    private static T Get<T>(DataViewRow row, DataViewSchema.Column column)
    {
        T value = default!;
        row.GetGetter<T>(column)(ref value);
        return value;
    }
}
