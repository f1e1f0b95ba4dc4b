using static MLSegmentation.Tests.OutsideModel;

namespace MLSegmentation.Tests;

/// <summary>Tensors whose values are not where they say: an error that names model, tensor and file.</summary>
[TestClass]
public sealed class OutsideTensorTest
{
    private const int UInt8 = 2, Text = 8;

    private readonly TestFolder _folder = new();

    private string ModelFile => _folder.FileNamed("model.onnx");

    [TestInitialize]
    public void Write() => File.WriteAllBytes(_folder.FileNamed("w.bin"), new byte[10]);

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    [DataRow("offset", "5", "as 6 bytes from 5 on")]
    [DataRow("offset", "11", "as 6 bytes from 11 on")]
    [DataRow("offset", "9223372036854775807", "as 6 bytes from 9,223,372,036,854,775,807 on")]
    [DataRow("offset", "9223372036854775808", "the offset '9223372036854775808'")]
    [DataRow("offset", "-1", "the offset '-1'")]
    [DataRow("offset", "+1", "the offset '+1'")]
    [DataRow("offset", " 1", "the offset ' 1'")]
    [DataRow("offset", "1.0", "the offset '1.0'")]
    [DataRow("offset", "0x1", "the offset '0x1'")]
    [DataRow("offset", "", "the offset ''")]
    [DataRow("offset", "\u001b[31m", @"the offset '\u001B[31m'")]
    [DataRow("length", "5", "they take 5 bytes, but its type and shape take 6")]
    [DataRow("length", "7", "they take 7 bytes, but its type and shape take 6")]
    [DataRow("length", "0", "they take 0 bytes, but its type and shape take 6")]
    [DataRow("length", "-6", "the length '-6'")]
    [DataRow("length", "six", "the length 'six'")]
    public void Read_NumbersThatDoNotFit_AreRefused(string key, string value, string why) =>
        Check(why, Tensor(UInt8, 6), Outside(("location", "w.bin"), (key, value)));

    [TestMethod]
    [DataRow(UInt8, new long[] { 11 }, "as 11 bytes from 0 on, but")]
    [DataRow(UInt8, new long[] { -1 }, "shape [-1]")]
    [DataRow(UInt8, new long[] { -2, -3 }, "shape [-2,-3]")]
    [DataRow(UInt8, new long[] { 0, -3 }, "shape [0,-3]")]
    [DataRow(UInt8, new long[] { 1L << 31 }, "at most 2,147,483,591 bytes")]
    [DataRow(UInt8, new long[] { 1L << 32, 1L << 32 }, "shape [4294967296,4294967296]")]
    [DataRow(UInt8, new long[] { 1L << 62, 2, 2 }, "at most 2,147,483,591 bytes")]
    [DataRow(11, new long[] { 1L << 28 }, "at most 2,147,483,591 bytes")]
    [DataRow(Text, new long[] { 1 }, "data type 8")]
    [DataRow(0, new long[] { 1 }, "data type 0")]
    [DataRow(99, new long[] { 1 }, "data type 99")]
    [DataRow(-1, new long[] { 1 }, "data type -1")]
    public void Read_ShapesThatDoNotFit_AreRefused(int type, long[] sizes, string why) =>
        Check(why, Tensor(type, sizes), Outside(("location", "w.bin")));

    [TestMethod]
    public void Read_EndlessShape_IsRefused() =>
        Check("more than 64 dimensions", Tensor(UInt8, [.. Enumerable.Repeat(1L, 100_000)]), Outside(("location", "w.bin")));

    [TestMethod]
    [DataRow(4)]
    [DataRow(9)]
    [DataRow(10)]
    public void Read_ValuesOfItsOwnToo_AreRefused(int field) =>
        Check("values of its own", Tensor(UInt8, 6), EditedModel.Field(field, new byte[8]), Outside(("location", "w.bin")));

    [TestMethod]
    public void Read_NoLocation_IsRefused()
    {
        Check("in another file, '', without a name", Tensor(UInt8, 6), Outside(("offset", "0")));
        Check("in another file, '', without a name", Tensor(UInt8, 6), Outside());
    }

    [TestMethod]
    public void Read_LocationWithoutDataLocation_IsTakenForOneToo() =>
        Check("is not there", Tensor(UInt8, 6), Outside(("location", "none.bin"))[..^2]);

    [TestMethod]
    public void Read_ShortFile_SaysWhatWasExpectedAndWhatToDo()
    {
        byte[] model = OfTensors([.. Tensor(UInt8, 6), .. Outside(("location", "w.bin"), ("offset", "8"))]);

        string message = Assert.ThrowsExactly<InvalidDataException>(() => OutsideWeights.ReadInto(model, ModelFile)).Message;

        Assert.AreEqual(
            $"The model file '{ModelFile}' keeps the values of its tensor 'w' in another file, 'w.bin', as 6 bytes from 8 on, "
            + $"but '{_folder.FileNamed("w.bin")}' has 10 bytes: it is not whole, or another model's. Copy or download the model "
            + "and this file again.", message);
    }

    [TestMethod]
    public void CopyTo_FileCutSinceItWasLookedAt_IsRefused()
    {
        byte[] tensor = [.. Tensor(UInt8, 6), .. Outside(("location", "w.bin"))];
        OutsideTensor read = OutsideTensor.Read(tensor, new WeightFolder(ModelFile), "The model");
        File.WriteAllBytes(_folder.FileNamed("w.bin"), new byte[3]);

        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidDataException>(() => read.CopyTo(new byte[6])).Message, "became shorter");
    }

    private void Check(string why, params byte[][] fields)
    {
        byte[] model = OfTensors([.. fields.SelectMany(field => field)]);

        string message = Assert.ThrowsExactly<InvalidDataException>(() => OutsideWeights.ReadInto(model, ModelFile)).Message;

        StringAssert.Contains(message, why);
        StringAssert.Contains(message, $"The model file '{ModelFile}' keeps the values of its tensor 'w' in another file");
    }
}
