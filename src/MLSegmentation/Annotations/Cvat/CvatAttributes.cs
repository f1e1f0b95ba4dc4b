using System.Globalization;
using System.Xml;

namespace MLSegmentation;

/// <summary>The attributes of a shape of CVAT's; one that is missing or no number is an error that says where.</summary>
/// <param name="xml">The file, with the element in hand.</param>
internal sealed class CvatAttributes(XmlReader xml)
{
    private const int Shown = 60;

    /// <summary>The line of the file, from 1.</summary>
    public int Line { get; } = ((IXmlLineInfo)xml).LineNumber;

    /// <summary>The text of an attribute.</summary>
    /// <exception cref="XmlException">It is missing.</exception>
    public string Text(string name) =>
        xml.GetAttribute(name) ?? throw new XmlException($"the {xml.Name} in line {Line} has no '{name}'");

    /// <summary>The number of an attribute.</summary>
    /// <exception cref="XmlException">It is none.</exception>
    public double Number(string name) => Parse(Text(name), name);

    /// <summary>The number of an attribute that may be missing.</summary>
    /// <exception cref="XmlException">It is none.</exception>
    public double Number(string name, double fallback) => xml.GetAttribute(name) is null ? fallback : Number(name);

    /// <summary>The whole number of an attribute.</summary>
    /// <exception cref="XmlException">It is none.</exception>
    public int Whole(string name) => ParseWhole(Text(name), name);

    /// <summary>The whole number above 0 of an attribute.</summary>
    /// <exception cref="XmlException">It is none.</exception>
    public int Side(string name) => Whole(name) is > 0 and var side ? side : throw Fault(name, Text(name));

    /// <summary>The whole numbers of an attribute, with commas between.</summary>
    /// <exception cref="XmlException">One is none.</exception>
    public int[] Wholes(string name) => [.. Text(name).Split(',').Select(one => ParseWhole(one, name))];

    /// <summary>The points of an attribute, with semicolons between.</summary>
    /// <exception cref="XmlException">One is none.</exception>
    public PolygonPoint[] Points(string name) => [.. Text(name).Split(';').Select(pair => pair.Split(',') is [var x, var y]
        ? new PolygonPoint(Parse(x, name), Parse(y, name))
        : throw Fault(name, pair))];

    private double Parse(string text, string name) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw Fault(name, text);

    private int ParseWhole(string text, string name) =>
        Parse(text, name) is var number && Math.Floor(number) == number && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : throw Fault(name, text);

    private XmlException Fault(string name, string text) =>
        new($"the {xml.Name} in line {Line} has the {name} '{PrintableText.Of(text, Shown)}', which is not what it should be");
}
