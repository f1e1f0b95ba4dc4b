using System.Text;
using MLSegmentation;

namespace Fuzzing.Texts;

/// <summary>What others say about a model: the files of Hugging Face beside it, and Ultralytics' properties in it.</summary>
internal static class Descriptions
{
    public static TextTarget HuggingFace => new("hugging-face", MakeFile, path =>
    {
        var file = JsonFile.Read(path);
        ImagePreparation? preparation = HuggingFaceProcessor.Read(file)?.Preparation;
        if (preparation is not null && ImagePreparation.Parse($"{preparation}") != preparation)
            throw new FindingException($"The preparation {preparation} reads back as another one.");
        HuggingFaceConfig.Read(file);
    });

    public static TextTarget Ultralytics => new("ultralytics", MakeProperties, path =>
    {
        string[] lines = Encoding.UTF8.GetString(File.ReadAllBytes(path)).Split('\n');
        try
        {
            UltralyticsProperties.Read(
                new[] { "names", "stride", "imgsz", "task" }.Zip(lines).Append(("author", "Ultralytics")).ToDictionary());
        }
        catch (FormatException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    });

    private static byte[] MakeFile(FuzzRandom random)
    {
        string Flag() => random.Percent(98) ? random.Pick("true", "false") : Odd(random);
        string Number() => random.Percent(98) ? random.Pick("0.5", "0.485", "1", "0.00392156862745098", "255") : Odd(random);
        string Numbers() => random.Percent(30) ? Number()
            : $"[{string.Join(',', Enumerable.Range(0, random.Percent(95) ? 3 : random.Below(6)).Select(_ => Number()))}]";
        string Size() => random.Percent(95)
            ? random.Pick("512", "[480, 640]", "{\"height\": 512, \"width\": 640}", "{\"shortest_edge\": 256}",
                "{\"longest_edge\": 256}", "{\"max_height\": 256, \"max_width\": 512}")
            : random.Pick("{\"height\": 0}", Odd(random));
        string Name(int i) => $"\"{(random.Percent(98) ? i : random.Below(99))}\": "
            + (random.Percent(98) ? $"\"class {i}\"" : Odd(random));
        string Names() => random.Percent(98)
            ? $"{{{string.Join(',', Enumerable.Range(0, random.Below(5)).Select(Name))}}}"
            : Odd(random);
        (string Field, Func<string> Value)[] fields =
        [
            ("image_processor_type", () => random.Percent(98)
                ? $"\"{random.Pick("Segformer", "MobileViT", "Beit", "X")}ImageProcessor\""
                : Odd(random)),
            ("do_rescale", Flag), ("do_normalize", Flag), ("do_resize", Flag), ("do_flip_channel_order", Flag),
            ("offset", Flag), ("rescale_offset", Flag), ("include_top", Flag), ("do_color_quantize", Flag),
            ("do_center_crop", Flag), ("do_reduce_labels", Flag), ("keep_aspect_ratio", Flag), ("rescale_factor", Number),
            ("image_mean", Numbers), ("image_std", Numbers), ("size", Size), ("crop_size", Size),
            ("ensure_multiple_of", () => random.Percent(98) ? "32" : Odd(random)), ("id2label", Names),
            ("semantic_loss_ignore_index", () => random.Percent(98) ? random.Pick("255", "-100") : Odd(random)),
            ("architectures", () => random.Percent(98)
                ? random.Pick("[\"XForSemanticSegmentation\"]", "[\"XForDepthEstimation\"]", "[]")
                : Odd(random)),
        ];
        IEnumerable<string> chosen = fields.Where(_ => random.Percent(60)).Select(field => $"\"{field.Field}\": {field.Value()}");
        string text = $"{{{string.Join(",\n  ", chosen)}{(random.Percent(10) ? "," : "")}}}";
        return TextGenerator.Encode(random, random.Percent(15) ? TextGenerator.Odd(random, text) : text);
    }

    private static byte[] MakeProperties(FuzzRandom random)
    {
        string Name() => random.Percent(95)
            ? random.Pick("'sky'", "\"it's\"", "'a \\'b\\''", "'\\u00e9'", "''", "'a, 1: b'")
            : random.Pick("'\\x4'", "'\\", "sky", "'");
        string Entry(int i) => random.Percent(95)
            ? $"{i}: {Name()}"
            : random.Pick("9: 'x'", "-1: 'x'", "'x'", "99999999999: 'x'", ",");
        IEnumerable<string> names = Enumerable.Range(0, random.Below(5)).Select(Entry);
        string texts = random.Percent(80) ? $"{{{string.Join(", ", names)}}}" : $"[{Name()}, {Name()}]";
        string Integers() => random.Percent(90)
            ? random.Pick("32", "[640, 640]", "(480, 640)")
            : random.Pick("[]", "[0]", "[1, 2, 3]", "640.0", "99999999999", "", "[[1]]");
        string text = string.Join('\n', texts, Integers(), Integers(), random.Pick("segment", "detect", "semantic", ""));
        return TextGenerator.Encode(random, random.Percent(20) ? TextGenerator.Odd(random, text) : text);
    }

    private static string Odd(FuzzRandom random) => random.Pick(
        "null", "\"\"", "\"\\ud800\"", "[]", "{}", "[null]", "NaN", "-Infinity", "1e400", "-1", "0", "2147483648", "\"0.5\"",
        "[[1]]", "{\"height\": null, \"width\": 1}", "{\"\\ud800\": 1}", "true");
}
