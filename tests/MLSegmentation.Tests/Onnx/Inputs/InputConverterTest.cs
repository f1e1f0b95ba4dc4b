using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation.Tests;

/// <summary>The oracle is the plainest loop: value by value, through the sizes of the tensor.</summary>
[TestClass]
public sealed class InputConverterTest
{
    private const int Height = 37, Width = 61;

    private static IEnumerable<object[]> Forms =>
        from layout in Enum.GetValues<TensorLayout>()
        from type in new[] { typeof(float), typeof(Float16), typeof(byte) }
        from channels in new[] { 1, 3, 4 }
        from batch in new[] { -1, 1, 3 }
        select new object[] { layout.ToString(), type, channels, batch };

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Convert_EachForm_IsWhatAPlainLoopGives(string layout, Type type, int channels, int batch)
    {
        ImageInputFormat format = Form(Enum.Parse<TensorLayout>(layout), type, channels, batch);
        int count = batch < 0 ? 2 : Math.Min(batch, 2);
        float[] images = Values(count * channels * Height * Width);

        using InputTensor tensor = InputConverter.For(format).Convert(images, count, Height, Width);

        CollectionAssert.AreEqual(
            format.ShapeFor(batch < 0 ? count : batch, Height, Width), tensor.Value.GetTensorTypeAndShape().Shape);
        Assert.IsTrue(
            ToFloats(tensor.Value, type).AsSpan().SequenceEqual(Plainly(images, count, format)), "another tensor");
    }

    [TestMethod]
    public void Convert_FloatPlanes_AreNotCopied()
    {
        ImageInputFormat format = Form(TensorLayout.ChannelsFirst, typeof(float), 3, -1);
        float[] images = Values(3 * Height * Width);

        using InputTensor tensor = InputConverter.For(format).Convert(images, 1, Height, Width);
        images[5] = 123;

        Assert.AreEqual(123, tensor.Value.GetTensorDataAsSpan<float>()[5]);
    }

    [TestMethod]
    public void Convert_SmallerImageAfterALargerOne_HasNothingOfIt()
    {
        ImageInputFormat format = Form(TensorLayout.ChannelsLast, typeof(float), 3, 3);
        var converter = InputConverter.For(format);
        converter.Convert(Values(3 * 3 * Height * Width), 3, Height, Width).Dispose();

        using InputTensor tensor = converter.Convert(Values(3 * Height * Width), 1, Height, Width);

        ReadOnlySpan<float> others = tensor.Value.GetTensorDataAsSpan<float>()[(3 * Height * Width)..];
        Assert.AreEqual(2 * 3 * Height * Width, others.Length);
        Assert.IsFalse(others.ContainsAnyExcept(0f));
    }

    [TestMethod]
    public void Convert_BatchTooLargeForATensor_NamesIt()
    {
        ImageInputFormat format = Form(TensorLayout.ChannelsLast, typeof(byte), 3, 1_000_000);

        string message = Assert.ThrowsExactly<InvalidOperationException>(
            () => InputConverter.For(format).Convert(new float[3 * 1000 * 1000], 1, 1000, 1000)).Message;

        StringAssert.Contains(message, "1000000 images at a time");
    }

    [TestMethod]
    public void Round_Values_AreTheNearestBytes()
    {
        float[] values = [-3, -0.5f, 0, 0.4f, 0.5f, 0.6f, 1.5f, 2.5f, 127.49f, 254.6f, 255, 255.4f, 256, 1e20f, float.NaN,
            float.PositiveInfinity, float.NegativeInfinity, 200];
        byte[] expected = [0, 0, 0, 0, 0, 1, 2, 2, 127, 255, 255, 255, 255, 255, 0, 255, 0, 200];

        // Once a value at a time, and once many.
        foreach (int copies in (int[])[1, 16])
        {
            float[] many = [.. Enumerable.Repeat(values, copies).SelectMany(value => value)];
            var bytes = new byte[many.Length];
            PlaneBytes.Round(many, bytes);
            CollectionAssert.AreEqual(Enumerable.Repeat(expected, copies).SelectMany(value => value).ToArray(), bytes);
        }
    }

    private static float[] Plainly(float[] images, int count, ImageInputFormat format)
    {
        int channels = format.Channels, batch = format.Batch ?? count;
        var tensor = new float[batch * channels * Height * Width];
        for (int i = 0; i < count * channels * Height * Width; i++)
        {
            int x = i % Width, y = i / Width % Height, plane = i / (Width * Height);
            (int image, int channel) = (plane / channels, plane % channels);
            int at = format.Layout == TensorLayout.ChannelsFirst
                ? i
                : (((((image * Height) + y) * Width) + x) * channels) + channel;
            tensor[at] = As(images[i], format.Value.ElementType);
        }
        return tensor;
    }

    private static float As(float value, Type type) =>
        type == typeof(byte) ? Math.Clamp(MathF.Round(value), 0, 255) : type == typeof(Float16) ? (float)(Half)value : value;

    private static float[] ToFloats(OrtValue value, Type type)
    {
        if (type == typeof(byte)) return [.. value.GetTensorDataAsSpan<byte>().ToArray().Select(element => (float)element)];
        return type == typeof(Float16)
            ? [.. value.GetTensorDataAsSpan<Float16>().ToArray().Select(element => element.ToFloat())]
            : value.GetTensorDataAsSpan<float>().ToArray();
    }

    private static float[] Values(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 300) - 20)];
    }

    private static ImageInputFormat Form(TensorLayout layout, Type type, int channels, int batch) => new(
        new OnnxValueInfo(
            "x", type, layout == TensorLayout.ChannelsFirst ? [batch, channels, -1, -1] : [batch, -1, -1, channels]),
        layout, channels);
}
