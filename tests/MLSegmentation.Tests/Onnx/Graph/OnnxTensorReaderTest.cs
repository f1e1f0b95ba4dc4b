namespace MLSegmentation.Tests;

[TestClass]
public sealed class OnnxTensorReaderTest
{
    private const int Floats = 4, Integers = 5, Longs = 7, Raw = 9, Doubles = 10;
    private const byte Float = 1, SignedByte = 3, Integer = 6, Long = 7, Half = 10, Double = 11;

    [TestMethod]
    public void TryRead_NumbersInEachField_AreThose()
    {
        byte[] floats = [0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0];
        byte[] doubles = [.. BitConverter.GetBytes(1.5), .. BitConverter.GetBytes(-2.0)];
        (string Name, byte Type, int Field, byte[] Content)[] tensors =
        [
            ("floats", Float, Floats, floats),
            ("raw floats", Float, Raw, floats),
            ("doubles", Double, Doubles, doubles),
            ("raw doubles", Double, Raw, doubles),
            ("raw halves", Half, Raw, [0, 0x3E, 0, 0xC0]),
            ("halves as integers", Half, Integers, [0x80, 0x7C, 0x80, 0x80, 0x03]),
        ];
        foreach ((string name, byte type, int field, byte[] content) in tensors)
            Assert.AreSequenceEqual([1.5, -2], Read(2, type, EditedModel.Field(field, content))!.Numbers!, name);
    }

    [TestMethod]
    public void TryRead_Integers_HaveTheirSign()
    {
        byte[] minusOne = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01];
        (string Name, byte Type, byte[] Field)[] tensors =
        [
            ("longs", Long, EditedModel.Field(Longs, [.. minusOne, 3])),
            ("longs one by one", Long, [Longs << 3, .. minusOne, Longs << 3, 3]),
            ("raw longs", Long, EditedModel.Field(Raw, [.. BitConverter.GetBytes(-1L), .. BitConverter.GetBytes(3L)])),
            ("integers", Integer, EditedModel.Field(Integers, [.. minusOne, 3])),
            ("signed bytes", SignedByte, EditedModel.Field(Raw, [0xFF, 3])),
        ];
        foreach ((string name, byte type, byte[] field) in tensors)
            Assert.AreSequenceEqual([-1.0, 3], Read(2, type, field)!.Numbers!, name);
    }

    [TestMethod]
    public void TryRead_ManyNumbers_HasAShapeAlone()
    {
        OnnxTensor tensor = Read(100, Float, EditedModel.Field(Raw, new byte[400]))!;

        Assert.AreSequenceEqual([100L], tensor.Shape);
        Assert.IsNull(tensor.Numbers);
    }

    [TestMethod]
    public void TryRead_OtherCountThanItsShape_HasNoNumbers() =>
        Assert.IsNull(Read(3, Float, EditedModel.Field(Floats, new byte[8]))!.Numbers);

    [TestMethod]
    public void TryRead_Damaged_IsNull() => Assert.IsNull(OnnxTensorReader.TryRead([1 << 3, 2, (Raw << 3) | 2, 9, 0]));

    private static OnnxTensor? Read(byte size, byte type, byte[] numbers) =>
        OnnxTensorReader.TryRead([1 << 3, size, 2 << 3, type, .. numbers]);
}
