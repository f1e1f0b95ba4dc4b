namespace MLSegmentation.Tests;

/// <summary>Masks to try things on: random ones of every density, and shapes that are easy to get wrong.</summary>
internal static class RandomMasks
{
    /// <summary>Masks of up to 12 by 12 pixels and keys 0 to 3, from noise to large patches.</summary>
    public static IEnumerable<TestMask> Small(int count)
    {
        var random = new Random(7);
        for (int i = 0; i < count; i++)
        {
            int width = random.Next(1, 13), height = random.Next(1, 13), keys = random.Next(1, 5);
            double repeat = random.NextDouble();
            var mask = new uint[width * height];
            for (int at = 0; at < mask.Length; at++)
            {
                int source = random.Next(2) == 0 ? at - 1 : at - width;
                mask[at] = source >= 0 && random.NextDouble() < repeat ? mask[source] : (uint)random.Next(keys);
            }
            yield return new TestMask(mask, width, height);
        }
    }

    /// <summary>One pixel, full, empty, checkerboards, a spiral, nested rings, rings that close over a corner.</summary>
    public static IEnumerable<TestMask> Shapes()
    {
        yield return TestMask.Parse("1");
        yield return TestMask.Parse("0");
        yield return TestMask.Parse("11111", "11111");
        yield return TestMask.Parse("10101", "01010", "10101", "01010");
        yield return TestMask.Parse("12121", "21212", "12121");
        yield return TestMask.Parse("1111111", "0000001", "1111101", "1000101", "1011101", "1000001", "1111111");
        yield return TestMask.Parse("1111111", "1222221", "1200021", "1203021", "1200021", "1222221", "1111111");
        yield return TestMask.Parse("1111", "1001", "1010", "1100");
        yield return TestMask.Parse("11100", "10110", "11011", "01001", "01111");
        yield return TestMask.Parse("11111", "10101", "11011", "10101", "11111");
    }
}
