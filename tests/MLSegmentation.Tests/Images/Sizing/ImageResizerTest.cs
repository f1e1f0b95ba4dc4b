namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImageResizerTest
{
    private const int Width = 7;
    private const int Height = 5;

    private static readonly float[] _source =
        [1, 5, 2, 8, 3, 9, 4, 7, 0, 6, 2, 9, 1, 3, 4, 4, 8, 1, 0, 5, 7, 9, 2, 3, 6, 5, 8, 0, 0, 7, 1, 9, 2, 4, 6];

    // Pillow: Image.fromarray(source, "F").resize((width, height), Image.BILINEAR), rounded to 6 digits.
    public static IEnumerable<object[]> PillowCases =>
    [
        [3, 2, new[] { 3.798701f, 4.355615f, 4.548701f, 4.227273f, 4.473262f, 4.415585f }],
        [7, 2, new[] { 4.5f, 2.590909f, 5.045455f, 3.863636f, 4.863636f, 4.772727f, 4.090909f, 4.909091f, 3.954545f, 3.636364f,
            5.636364f, 3.090909f, 5.727273f, 3.636364f }],
        [1, 1, new[] { 4.307255f }],
        [4, 9, new[]
        {
            2.761905f, 4.28f, 5.6f, 6.095238f, 3.15873f, 4.08f, 5.546667f, 4.873016f, 3.820106f, 3.746667f, 5.457778f, 2.835979f,
            4.058201f, 4.373333f, 3.591111f, 3.931217f, 4.190476f, 5.24f, 1.28f, 5.809524f, 5.037037f, 4.351111f,
            3.835556f, 4.619048f,
            5.41799f, 3.728889f, 5.711111f, 3.809524f, 3.936508f, 4.173333f, 4.866667f, 4.523809f, 3.047619f, 4.44f,
            4.36f, 4.952381f,
        }],
        [10, 8, new[]
        {
            1.0f, 3.2f, 4.25f, 2.15f, 5.9f, 6.25f, 3.3f, 7.5f, 6.75f, 4.0f, 3.625f, 3.178125f, 3.046875f, 3.703125f,
            4.80625f, 5.4625f,
            5.61875f, 5.53125f, 4.628125f, 3.5625f, 6.8125f, 3.203125f, 1.71875f, 5.83125f, 3.403125f, 4.2125f,
            8.078125f, 3.046875f,
            2.15f, 3.25f, 4.9375f, 3.734375f, 3.90625f, 7.14375f, 3.434375f, 1.8375f, 2.859375f, 3.515625f, 4.65f, 5.75f, 5.5625f,
            4.359375f, 4.140625f, 6.284375f, 3.91875f, 2.2125f, 1.78125f, 4.84375f, 5.43125f, 4.8125f, 8.6875f,
            5.078125f, 2.421875f,
            3.253125f, 4.85625f, 5.3375f, 4.84375f, 7.03125f, 4.49375f, 0.4375f, 3.9375f, 4.41875f, 4.078125f,
            2.021875f, 5.653125f,
            6.15625f, 3.434375f, 5.140625f, 4.68125f, 3.375f, 0.0f, 3.85f, 5.5f, 1.3f, 6.2f, 6.55f, 2.1f, 3.5f, 4.9f, 6.0f,
        }],
    ];

    [TestMethod]
    [DynamicData(nameof(PillowCases))]
    public void Resize_SmallPlane_EqualsPillow(int width, int height, float[] expected)
    {
        var actual = new float[width * height];

        ImageResizer.Resize(_source, Width, Height, actual, width, height);

        for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 2e-6f, $"at {i}");
    }

    [TestMethod]
    public void Resize_HalvedRow_IsTheWorkedExample()
    {
        var actual = new float[2];

        ImageResizer.Resize([0, 2, 4, 6], 4, 1, actual, 2, 1);

        Assert.AreEqual(10f / 7, actual[0], 1e-6f);
        Assert.AreEqual(32f / 7, actual[1], 1e-6f);
    }

    [TestMethod]
    public void Resize_SameSize_CopiesEveryBit()
    {
        float[] source = [float.NaN, float.PositiveInfinity, -0f, 1e-40f, 0.1f, 3];
        var actual = new float[6];

        ImageResizer.Resize(source, 3, 2, actual, 3, 2);

        CollectionAssert.AreEqual(
            source.Select(BitConverter.SingleToInt32Bits).ToArray(), actual.Select(BitConverter.SingleToInt32Bits).ToArray());
    }

    [TestMethod]
    public void Resize_AnySize_KeepsAConstantAndTheRange()
    {
        var random = new Random(4);
        for (int i = 0; i < 50; i++)
        {
            (int width, int height, int toWidth, int toHeight) =
                (random.Next(1, 60), random.Next(1, 60), random.Next(1, 60), random.Next(1, 60));
            var actual = new float[toWidth * toHeight];

            ImageResizer.Resize(Enumerable.Repeat(0.3f, width * height).ToArray(), width, height, actual, toWidth, toHeight);
            foreach (float value in actual) Assert.AreEqual(0.3f, value, 1e-6f);

            ImageResizer.Resize(Enumerable.Range(0, width * height).Select(_ => random.NextSingle()).ToArray(), width, height,
                actual, toWidth, toHeight);
            foreach (float value in actual) Assert.IsTrue(value is >= -1e-6f and <= 1 + 1e-6f, $"{value}");
        }
    }

    [TestMethod]
    public void Resize_WrongLength_SaysBoth()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => ImageResizer.Resize(new float[5], 3, 2, new float[4], 2, 2));

        StringAssert.Contains(error.Message, "5 values, expected 3 × 2");
    }

    [TestMethod]
    public void ResizeNearest_HandWorked_TakesThePixelUnderTheCentre()
    {
        var smaller = new int[2];
        ImageResizer.ResizeNearest([1, 2, 3], 3, 1, smaller, 2, 1);
        CollectionAssert.AreEqual(new[] { 1, 3 }, smaller);

        var larger = new byte[5 * 2];
        ImageResizer.ResizeNearest<byte>([1, 2, 3], 3, 1, larger, 5, 2);
        CollectionAssert.AreEqual(new byte[] { 1, 1, 2, 3, 3, 1, 1, 2, 3, 3 }, larger);
    }

    [TestMethod]
    public void ResizeNearest_WholeFactorUpAndDown_GivesTheMaskBack()
    {
        int[] mask = [.. Enumerable.Range(0, 6 * 4)];
        var large = new int[18 * 12];
        var back = new int[6 * 4];

        ImageResizer.ResizeNearest(mask, 6, 4, large, 18, 12);
        ImageResizer.ResizeNearest(large, 18, 12, back, 6, 4);

        CollectionAssert.AreEqual(mask, back);
    }
}
