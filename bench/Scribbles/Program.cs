// Makes strokes of masks of one object and background, as a person draws them, and writes them as a COCO file.
using System.Globalization;
using System.Text.Json;
using MLSegmentation;
using MLSegmentation.ScribblesBench;

if (args is not [var masks, var images, var target])
{
    Console.Error.WriteLine("Usage: Scribbles MASKS IMAGES OUT.json");
    return 2;
}
string[] files = [.. Directory.GetFiles(masks, "*.png").Order(StringComparer.Ordinal)];
Dictionary<string, string> named = Directory.GetFiles(images).ToDictionary(
    file => Path.GetFileNameWithoutExtension(file), file => Path.GetFileName(file));
List<object> listed = [], annotations = [];
long pixels = 0, stroked = 0;
foreach (var (index, file) in files.Index())
{
    LabelImage mask = LabelImageReader.Read(file);
    listed.Add(new
    {
        id = index,
        file_name = named[Path.GetFileNameWithoutExtension(file)],
        width = mask.Width,
        height = mask.Height,
    });
    bool[][] strokes = Strokes.Of(mask);
    foreach (var (category, stroke) in strokes.Index())
    {
        annotations.Add(new
        {
            id = annotations.Count,
            image_id = index,
            category_id = category,
            segmentation = new
            {
                size = new[] { mask.Height, mask.Width },
                counts = RunLengths.Encode([.. stroke.Select(one => one ? 1u : 0u)], mask.Width, mask.Height, key: 1),
            },
        });
        stroked += stroke.Count(one => one);
    }
    pixels += mask.Values.Length;
}
var categories = new[] { new { id = 0, name = "background" }, new { id = 1, name = "person" } };
File.WriteAllText(target, JsonSerializer.Serialize(new { images = listed, categories, annotations }));
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{files.Length} images, strokes over {(double)stroked / pixels:P2} of the pixels."));
return 0;
