namespace MLSegmentation.Tests;

[TestClass]
public sealed class ClassTextTest
{
    [TestMethod]
    [DataRow("class 0", "0")]
    [DataRow("class 12", "12")]
    [DataRow("0", "0")]
    [DataRow("road", "road")]
    [DataRow("class A", "class A")]
    [DataRow("class ", "class ")]
    public void Of_AName_IsTheNumberOfAClassThatNobodyNamed(string name, string expected) =>
        Assert.AreEqual(expected, ClassText.Of(name));

    [TestMethod]
    public void Join_OfUnnamedClasses_IsTheSameWhicheverWayTheyAreNumbered()
    {
        Assert.AreEqual("0, 1, 2", ClassText.Join(["class 0", "class 1", "class 2"]));
        Assert.AreEqual("0, 1, 2", ClassText.Join(["0", "1", "2"]));
        Assert.AreEqual("class 7", ClassText.Unnamed(7));
    }
}
