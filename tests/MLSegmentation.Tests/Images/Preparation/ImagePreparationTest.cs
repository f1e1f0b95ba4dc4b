namespace MLSegmentation.Tests;

[TestClass]
public sealed class ImagePreparationTest
{
    private static IEnumerable<object[]> Presets =>
    [
        ["as-is", ImagePreparation.AsIs],
        ["zero-to-one", ImagePreparation.ZeroToOne],
        ["minus-one-to-one", ImagePreparation.MinusOneToOne],
        ["imagenet-rgb", ImagePreparation.ImageNetRgb],
        ["imagenet-bgr", ImagePreparation.ImageNetBgr],
        ["caffe-bgr", ImagePreparation.CaffeBgr],
    ];

    [TestMethod]
    [DynamicData(nameof(Presets))]
    public void ToString_Preset_IsItsNameAndIsReadAgain(string name, ImagePreparation preset)
    {
        Assert.AreEqual(name, preset.ToString());
        Assert.AreEqual(preset, ImagePreparation.Parse(name));
        Assert.AreEqual(preset, ImagePreparation.Parse($" {name.ToUpperInvariant()} "));
    }

    [TestMethod]
    [DataRow("scale=1/255,mean=0.5,0.25,0.125,deviation=0.25,order=bgr",
        "scale=0.00392156862745098,mean=0.5,0.25,0.125,deviation=0.25,order=bgr")]
    [DataRow("mean=0.5,deviation=0.5", "minus-one-to-one")]
    [DataRow("scale=1/127.5, mean=1", "scale=0.00784313725490196,mean=1")]
    [DataRow("ORDER=BGR, SCALE=1", "scale=1,order=bgr")]
    [DataRow("deviation=1e-3,0.1,0.1,1", "scale=0.00392156862745098,deviation=0.001,0.1,0.1,1")]
    public void Parse_Numbers_AreThoseOfItsText(string text, string expected)
    {
        var parsed = ImagePreparation.Parse(text);

        Assert.AreEqual(expected, parsed.ToString());
        Assert.AreEqual(parsed, ImagePreparation.Parse(parsed.ToString()));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("imagenet")]
    [DataRow("imagenet-rgb,order=bgr")]
    [DataRow("scale=0")]
    [DataRow("scale=1,2")]
    [DataRow("scale=1/0")]
    [DataRow("scale=1/2/3")]
    [DataRow("mean=")]
    [DataRow("mean=a")]
    [DataRow("mean=1,2")]
    [DataRow("mean=NaN")]
    [DataRow("mean=1,mean=2")]
    [DataRow("deviation=0")]
    [DataRow("deviation=-1")]
    [DataRow("order=gbr")]
    [DataRow("std=1")]
    public void Parse_NoPreparation_SaysWhatIsExpected(string text)
    {
        string message = Assert.ThrowsExactly<FormatException>(() => ImagePreparation.Parse(text)).Message;

        StringAssert.Contains(message, $"'{text}' is no preparation, expected one of as-is, zero-to-one, minus-one-to-one");
        StringAssert.Contains(message, "scale=1/255,mean=0.485,0.456,0.406");
    }

    [TestMethod]
    public void Numbers_Unsound_NameTheirPropertyAndWhatIsExpected()
    {
        string Message(Func<ImagePreparation> make) => Assert.ThrowsExactly<ArgumentException>(make).Message;

        StringAssert.Contains(Message(() => new() { Scale = 0 }), "Scale is 0, expected a finite number other than 0");
        StringAssert.Contains(Message(() => new() { Mean = [1, 2] }), "Mean is [1, 2], expected one number");
        StringAssert.Contains(Message(() => new() { Deviation = [1, 1, 0] }), "Deviation is [1, 1, 0]");
        StringAssert.Contains(Message(() => new() { ColourOrder = (ColourOrder)2 }), "ColourOrder is 2, expected Rgb or Bgr");
    }

    [TestMethod]
    public void Numbers_AfterTheyWereGiven_AreNotThoseOfTheCaller()
    {
        double[] mean = [0.5];
        var preparation = new ImagePreparation { Mean = mean };

        mean[0] = 0.25;

        Assert.AreEqual(0.5, preparation.Mean.Single());
    }

    [TestMethod]
    public void Equals_SameNumbers_HaveOneHash()
    {
        var one = new ImagePreparation { Mean = [0.1, 0.2, 0.3], Deviation = [0.5] };
        var other = new ImagePreparation { Mean = new List<double> { 0.1, 0.2, 0.3 }, Deviation = new[] { 0.5 } };

        Assert.AreEqual(one, other);
        Assert.AreEqual(one.GetHashCode(), other.GetHashCode());
        Assert.AreNotEqual(one, one with { Mean = [0.1, 0.2, 0.4] });
        Assert.AreNotEqual(one, one with { ColourOrder = ColourOrder.Bgr });
    }
}
