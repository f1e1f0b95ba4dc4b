using System.Globalization;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class CvatOutlineTest
{
    /// <summary>
    /// Along the square the corners are at 0, 1/4, 1/2 and 3/4. The point at 1/8 of the other outline is as near to the first
    /// corner as to the second, and comes from the first. 1 pixel is no less than the 2 / (2 * 2) under which they are joined.
    /// </summary>
    [TestMethod]
    public void Between_OnePointMore_ComesFromTheNearestCorner() =>
        Require("1 0,2 0,5 0,5 4,1 4", "0 0,4 0,4 4,0 4", "2 0,4 0,6 0,6 4,2 4", 0.5);

    /// <summary>
    /// The first two points go to one. They are 1 pixel apart, and joined where less than 1 / (2 * 2) of it is left.
    /// </summary>
    [TestMethod]
    [DataRow(0.5, "0 0,0.5 0,8 0,8 8,0 8")]
    [DataRow(0.875, "0.0625 0,8 0,8 8,0 8")]
    public void Between_OnePointLess_JoinsTheTwoAsTheyComeClose(double part, string expected) =>
        Require(expected, "0 0,1 0,8 0,8 8,0 8", "0 0,8 0,8 8,0 8", part);

    [TestMethod]
    public void Between_OutlinesOfNoLength_StaysFinite() => Require("2 2,2 2,2 2", "1 1,1 1", "3 3", 0.5);

    private static void Require(string expected, string before, string behind, double part) => Assert.AreEqual(
        expected,
        string.Join(',', CvatOutline.Between(Points(before), Points(behind), part)
            .Select(point => FormattableString.Invariant($"{point.X} {point.Y}"))));

    private static PolygonPoint[] Points(string text) =>
    [
        .. text.Split(',').Select(point => point.Split(' ')).Select(numbers => new PolygonPoint(
            double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture))),
    ];
}
