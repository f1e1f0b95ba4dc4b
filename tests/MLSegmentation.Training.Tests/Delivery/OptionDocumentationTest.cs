using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MLSegmentation.Training.Tests;

/// <summary>What a user reads of an option while typing says what happens without it, and says the truth.</summary>
[TestClass]
public sealed partial class OptionDocumentationTest
{
    private static readonly Assembly[] _libraries = [typeof(SegmentImageOptions).Assembly, typeof(TrainerOptions).Assembly];

    private static readonly Dictionary<string, XElement> _documentation = _libraries
        .SelectMany(library => XDocument.Load(Path.ChangeExtension(library.Location, ".xml")).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value);

    public static IEnumerable<object[]> Options() =>
        from type in _libraries.SelectMany(library => library.GetExportedTypes())
        where !type.IsAbstract
            && (type.Name.EndsWith("Options", StringComparison.Ordinal) || type.IsSubclassOf(typeof(LearningRateSchedule)))
        select new object[] { type };

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void Summary_OfEveryOption_StatesItsDefault(Type type)
    {
        object defaults = Activator.CreateInstance(type)!;
        var wrong = new List<string>();
        foreach (PropertyInfo option in type.GetProperties().Where(property => property.CanWrite))
        {
            string text = Summary(option);
            int place = text.IndexOf("default", StringComparison.OrdinalIgnoreCase);
            if (place < 0) wrong.Add($"{option.Name} states no default: {text}");
            else if (Text(option.GetValue(defaults)) is { } value && !Word(value).IsMatch(text[place..]))
                wrong.Add($"{option.Name} is {value} by default: {text}");
        }

        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    [TestMethod]
    public void Options_OfBothLibraries_AreFound()
    {
        Type[] types = [.. Options().Select(row => (Type)row[0])];

        foreach (Type expected in (Type[])[typeof(SegmentationTrainerOptions), typeof(SegmentImageOptions),
            typeof(AugmentationOptions), typeof(LearningRateSchedule.Step),
            typeof(TestTimeAugmentationOptions), typeof(PostprocessMaskOptions)])
        {
            Assert.Contains(expected, types);
        }
    }

    /// <summary>The summary as it reads, where it is another member's too.</summary>
    private static string Summary(PropertyInfo option)
    {
        string name = $"P:{option.DeclaringType!.FullName!.Replace('+', '.')}.{option.Name}";
        for (XElement member =
            _documentation[name]; ; member = _documentation[member.Element("inheritdoc")!.Attribute("cref")!.Value])
        {
            if (member.Element("summary") is not { } summary) continue;
            foreach (XElement reference in summary.Descendants("see").ToArray())
                reference.ReplaceWith(reference.Attribute("cref")!.Value.Split('.')[^1]);
            return Space().Replace(summary.Value, " ");
        }
    }

    /// <summary>The value as a summary writes it; null for what only words can say.</summary>
    private static string? Text(object? value) => value switch
    {
        null => "null",
        bool isSet => isSet ? "true" : "false",
        string text => text,
        Enum member => member.ToString(),
        int or float => Convert.ToString(value, CultureInfo.InvariantCulture),
        double number when number == Math.Round(number, 6) => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static Regex Word(string value) =>
        new($@"(?<![\w.]){Regex.Escape(value)}(?![\w]|\.\d)", RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
