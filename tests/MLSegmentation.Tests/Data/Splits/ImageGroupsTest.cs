namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImageGroupsTest
{
    [TestMethod]
    public void JoinNames_EqualNames_AreOneGroupAndNoneIsAlone()
    {
        var groups = new ImageGroups(5);
        groups.JoinNames(["a", null, "b", "a", null]);
        Assert.AreSequenceEqual([0, 1, 2, 0, 4], groups.Numbers);
    }

    [TestMethod]
    public void JoinCopies_CopiesOfCopies_AreOneGroup()
    {
        // Each differs from the next in five bits, the first from the last in ten; the third is unlike all, turned or not.
        PerceptualHash?[] looks =
            [new(0b1111_1000_0000_0000), new(0), new(0x0F0F_1234_5678_9ABC), null, new(0b0000_0000_0001_1111)];
        var groups = new ImageGroups(5);

        Assert.AreEqual(2, groups.JoinCopies(looks));
        Assert.AreSequenceEqual([0, 0, 2, 3, 0], groups.Numbers);
    }

    [TestMethod]
    public void JoinCopies_MirroredCopy_IsOneToo()
    {
        var look = new PerceptualHash(0x0F0F_1234_5678_9ABC);
        var groups = new ImageGroups(2);
        groups.JoinCopies([look, look.Symmetries()[1]]);
        Assert.AreSequenceEqual([0, 0], groups.Numbers);
    }
}
