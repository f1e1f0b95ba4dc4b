using MLSegmentation;
using MLSegmentation.Cli;

namespace Fuzzing.Texts;

/// <summary>Tables and lists that people write by hand or in spreadsheets, and matrices of the tool.</summary>
internal static class Tables
{
    public static TextTarget Split => new("split", MakeSplit, path => SplitFile.Read(path));

    public static TextTarget Classes => new("classes", MakeClasses, path =>
    {
        ClassFile.Read(path, ignore: null);
        ClassFile.Read(path, ignore: 2);
    });

    public static TextTarget Matrix => new("matrix", MakeMatrix, path => ConfusionMatrixFile.Read(path));

    private static byte[] MakeSplit(FuzzRandom random)
    {
        string Cell() => random.Percent(70)
            ? $"img_{random.Below(9)}.png"
            : random.Pick("train", "test", "\"a, b\"", "\"a \"\"b\"\"\"", "\"line\nbreak\"", "", "x\"y", " train ");
        string head = random.Percent(85)
            ? random.Pick("name,split", "split,name", "\"name\",\"split\"", "name,split,fold", "Name,Split")
            : random.Pick("", "name", "name;split", "name\tsplit", "name,name,split,split");
        return TextGenerator.Lines(random, head,
            () => string.Join(',', Enumerable.Range(0, random.Percent(90) ? 2 : random.Below(5)).Select(_ => Cell())));
    }

    private static byte[] MakeClasses(FuzzRandom random)
    {
        bool isNumbered = random.Percent(50), isColoured = random.Percent(50);
        int index = 0;
        return TextGenerator.Lines(random, null, () =>
        {
            string number = random.Percent(93) ? $"{index++}" : random.Pick("255", "99999", "٣", "-1", "0", "1", "007");
            string colour = isColoured && random.Percent(90)
                ? random.Pick(" #FF0000", " #00ff00", "#0000FF", " #12345", $" #{random.Below(1 << 24):X6}")
                : "";
            return $"{(isNumbered && random.Percent(95) ? number + random.Pick(" ", "\t", "  ") : "")}"
                + $"{random.Pick("background", "cat", "big dog", "object", "#", "a,b", "")}{colour}";
        });
    }

    private static byte[] MakeMatrix(FuzzRandom random)
    {
        int classes = random.Pick(1, 2, 2, 3, 10);
        string Number() => TextGenerator.Number(random, 1_000_000);
        string Row() =>
            $"[{string.Join(',', Enumerable.Range(0, random.Percent(96) ? classes : random.Below(4)).Select(_ => Number()))}]";
        string Rows() => string.Join(
            ',',
            Enumerable.Range(0, random.Percent(97) ? classes : random.Below(4)).Select(_ => random.Percent(98) ? Row() : "null"));
        string Name(int i) => random.Percent(95)
            ? $"\"class {i}\""
            : random.Pick("null", "\"\"", "\"class 0\"", "1", "\"\\u001b[2J\"", "\"\\ud800\"");
        List<string> fields =
        [
            $"\"classes\":[{string.Join(',', Enumerable.Range(0, classes).Select(Name))}]",
            $"\"counts\":[{Rows()}]",
            $"\"unassigned\":{Row()}",
        ];
        if (random.Percent(10)) random.Shuffle(fields);
        if (random.Percent(5)) fields.RemoveAt(random.Below(3));
        if (random.Percent(5)) fields.Add(random.Pick<string>([.. fields]));
        string text = $"{{{string.Join(',', fields)}}}";
        return TextGenerator.Encode(random, random.Percent(10) ? TextGenerator.Odd(random, text) : text);
    }
}
