namespace MLSegmentation.Tests;

[TestClass]
public sealed class MaskPostprocessingTest
{
    public static IEnumerable<PostprocessMaskOptions> Options
    {
        get
        {
            foreach (Connectivity connectivity in Enum.GetValues<Connectivity>())
            {
                foreach (int? background in new int?[] { null, 0 })
                {
                    PostprocessMaskOptions none = new() { Connectivity = connectivity, Background = background };
                    yield return none;
                    yield return none with { MinRegionPixels = 4 };
                    yield return none with { MaxHolePixels = 2 };
                    yield return none with { MaxHolePixels = int.MaxValue };
                    yield return none with { OpeningRadius = 1 };
                    yield return none with { ClosingRadius = 1 };
                    yield return none with { ClosingRadius = 3 };
                    yield return none with { MinRegionPixels = 3, MaxHolePixels = 4, OpeningRadius = 1, ClosingRadius = 2 };
                }
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Options))]
    public void Apply_AnyMask_IsWhatTheDefinitionSays(PostprocessMaskOptions options)
    {
        foreach (TestMask mask in RandomMasks.Small(150).Concat(RandomMasks.Shapes()))
        {
            string before = mask.ToString();
            uint[] expected = NaivePostprocessing.Apply(mask, options);

            MaskPostprocessing.Apply(mask.Keys, mask.Width, mask.Height, options);

            CollectionAssert.AreEqual(expected, mask.Keys, $"{options}\n{before}\nbecame\n{mask}");
        }
    }

    [TestMethod]
    public void Apply_Defaults_ChangeNothing()
    {
        foreach (TestMask mask in RandomMasks.Small(20))
        {
            uint[] keys = [.. mask.Keys];
            MaskPostprocessing.Apply(keys, mask.Width, mask.Height, new PostprocessMaskOptions());
            CollectionAssert.AreEqual(mask.Keys, keys);
        }
    }

    [TestMethod]
    [DataRow(0, 5)]
    [DataRow(5, 0)]
    [DataRow(int.MaxValue, 0)]
    [DataRow(0, int.MaxValue)]
    public void Apply_OpeningOrClosingTwice_IsAsOnce(int opening, int closing)
    {
        var options = new PostprocessMaskOptions { OpeningRadius = opening, ClosingRadius = closing };
        foreach (TestMask mask in RandomMasks.Small(100))
        {
            MaskPostprocessing.Apply(mask.Keys, mask.Width, mask.Height, options);
            uint[] once = [.. mask.Keys];
            MaskPostprocessing.Apply(mask.Keys, mask.Width, mask.Height, options);
            CollectionAssert.AreEqual(once, mask.Keys);
        }
    }

    [TestMethod]
    public void Apply_AllSteps_AreAsWorkedByHand()
    {
        // Class 1 with a hole, a spike on its right and a speck beyond, on background of class 0.
        TestMask mask = TestMask.Parse(
            "1111111111",
            "1222211111",
            "1212222121",
            "1222211111",
            "1111111111");

        MaskPostprocessing.Apply(mask.Keys, mask.Width, mask.Height,
            new PostprocessMaskOptions { Background = 0, MinRegionPixels = 2, MaxHolePixels = 1, OpeningRadius = 1 });

        Assert.AreEqual(TestMask.Parse(
            "1111111111",
            "1222211111",
            "1222211111",
            "1222211111",
            "1111111111").ToString(), mask.ToString());
    }

    [TestMethod]
    public void Apply_ClosingOverAGap_FillsIt()
    {
        uint[] row = [1, 0, 1, 2];

        MaskPostprocessing.Apply(row, 4, 1, new PostprocessMaskOptions { ClosingRadius = 1 });

        CollectionAssert.AreEqual(new uint[] { 1, 1, 1, 2 }, row);
    }

    [TestMethod]
    public void Apply_ClosingBetweenTwoClasses_LeavesWhatBothWouldTake()
    {
        TestMask mask = TestMask.Parse("101", "202");

        MaskPostprocessing.Apply(mask.Keys, mask.Width, mask.Height, new PostprocessMaskOptions { ClosingRadius = 1 });

        Assert.AreEqual("101\n202", mask.ToString());
    }

    [TestMethod]
    public void Apply_OptionOutOfRange_IsRefused()
    {
        foreach (PostprocessMaskOptions wrong in new PostprocessMaskOptions[]
        {
            new() { Background = -1 }, new() { MinRegionPixels = -1 }, new() { MaxHolePixels = -1 },
            new() { OpeningRadius = -1 }, new() { ClosingRadius = -1 }, new() { Connectivity = (Connectivity)6 },
        })
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => MaskPostprocessing.Apply(new uint[1], 1, 1, wrong));
    }

    [TestMethod]
    public void Apply_MaskOfAnotherSize_SaysBoth()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => MaskPostprocessing.Apply(new uint[5], 2, 3, new PostprocessMaskOptions()));

        StringAssert.Contains(error.Message, "5 keys, expected 2 * 3 = 6");
    }
}
