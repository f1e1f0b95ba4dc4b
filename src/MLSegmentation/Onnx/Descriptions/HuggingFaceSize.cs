using System.Text.Json;

namespace MLSegmentation;

/// <summary>The size that a processor of transformers brings images to.</summary>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
/// <param name="Sizing">How they are brought to it.</param>
internal sealed record HuggingFaceSize(int Width, int Height, ImageSizing Sizing)
{
    private const string SizeField = "size", CropField = "crop_size";

    // Of these processors, a single number is the length of the shorter side, of others both.
    private static readonly string[] _ofShorterSide = ["MobileViT", "MobileNetV", "ConvNext", "PoolFormer"];

    /// <summary>
    /// Reads the fields. A height and a width are stretched to. Where a side is given alone, or the most that sides may have,
    /// images keep their proportions: they are fitted in, so that nothing of them is cut off. Other forms say no size.
    /// </summary>
    /// <returns>Null where images keep their size, or the file does not say one.</returns>
    /// <exception cref="InvalidDataException">A field of it has a wrong value.</exception>
    public static HuggingFaceSize? Read(JsonFile file, string kind)
    {
        if (file.Flag("do_resize") == false || file.Find(SizeField) is not { } size) return null;
        if (size.ValueKind == JsonValueKind.Number)
        {
            int side = SideOf(file, SizeField, size);
            return Array.Exists(_ofShorterSide, name => kind.StartsWith(name, StringComparison.Ordinal))
                ? Fitted(file, side)
                : new HuggingFaceSize(side, side, ImageSizing.Stretch);
        }
        if (size.ValueKind == JsonValueKind.Array && size.GetArrayLength() == 2)
            return Stretched(file, size[1], size[0]);
        if (size.ValueKind == JsonValueKind.Object)
        {
            if (size.TryGetProperty("height", out JsonElement height) && size.TryGetProperty("width", out JsonElement width))
                return Stretched(file, width, height);
            if (size.TryGetProperty("shortest_edge", out JsonElement edge)) return Fitted(file, SideOf(file, SizeField, edge));
            if (size.TryGetProperty("longest_edge", out edge)) return Within(file, edge, edge);
            if (size.TryGetProperty("max_height", out height) && size.TryGetProperty("max_width", out width))
                return Within(file, width, height);
        }
        return size.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? null
            : throw file.Wrong(SizeField, size, "a number, or an object of height and width, or of shortest_edge");
    }

    private static HuggingFaceSize Within(JsonFile file, JsonElement width, JsonElement height) =>
        new(SideOf(file, SizeField, width), SideOf(file, SizeField, height), ImageSizing.Letterbox);

    private static HuggingFaceSize Stretched(JsonFile file, JsonElement width, JsonElement height) => new(
        SideOf(file, SizeField, width), SideOf(file, SizeField, height),
        file.Flag("keep_aspect_ratio") == true ? ImageSizing.Letterbox : ImageSizing.Stretch);

    private static HuggingFaceSize Fitted(JsonFile file, int side)
    {
        if (file.Flag("do_center_crop") == true && file.Find(CropField) is { } crop)
        {
            side = SideOf(
                file, CropField,
                crop.ValueKind == JsonValueKind.Object && crop.TryGetProperty("height", out JsonElement height) ? height : crop);
        }
        return new HuggingFaceSize(side, side, ImageSizing.Letterbox);
    }

    private static int SideOf(JsonFile file, string field, JsonElement value) =>
        file.IntegerOf(field, value, 1, 16_384);
}
