namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class SafetensorsReaderTest
{
    [TestMethod]
    public void Open_EachFloatFormat_ReadsTheNumbers()
    {
        const string Header = """
            {"__metadata__":{"format":"pt"},"b":{"dtype":"F16","shape":[2],"data_offsets":[8,12]},
             "a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"c":{"dtype":"BF16","shape":[2],"data_offsets":[12,16]},
             "n":{"dtype":"I64","shape":[],"data_offsets":[16,24]},"e":{"dtype":"F32","shape":[0,3],"data_offsets":[24,24]}}
            """;
        // 1.5 and -2 as single, half and bfloat16.
        byte[] data = [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0, 0, 0x3e, 0, 0xc0, 0xc0, 0x3f, 0, 0xc0, 7, 0, 0, 0, 0, 0, 0, 0];
        WeightFixtures.WithFile(WeightWriter.Safetensors(Header, 0, data), path =>
        {
            using WeightFile file = WeightFile.Open(path);

            Assert.AreEqual(WeightForm.Safetensors, file.Form);
            CollectionAssert.AreEqual(
                new[] { "a 2×1", "b 2", "c 2", "n one number", "e 0×3" },
                file.Weights.Select(weight => $"{weight.Name} {WeightShape.Print(weight.Shape)}").ToArray());
            foreach (StoredWeight weight in file.Weights.Take(3))
                CollectionAssert.AreEqual(new[] { 1.5f, -2f }, file.Read(weight), weight.Name);
            Assert.AreEqual(NumberFormat.Other, file.Weights[3].Format);
            Assert.IsEmpty(file.Read(file.Weights[4]));
        });
    }

    [TestMethod]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "truncated")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "1 bytes follow its last array")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""",
        12, "'b' begins at byte 4")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "'a' begins at byte 4")]
    [DataRow("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "needs 12 bytes and is given 8")]
    [DataRow("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "negative")]
    [DataRow("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "entry 'a'")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1e30],"data_offsets":[0,8]}}""", 8, "entry 'a'")]
    [DataRow("""{"a":{"dtype":"F13","shape":[2],"data_offsets":[0,8]}}""", 8, "'F13' is unknown")]
    [DataRow("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "entry 'a'")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}""", 8, "no two places")]
    [DataRow("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775807,-9]}}""", 8, "negative")]
    [DataRow("""{"a":3}""", 0, "entry 'a'")]
    [DataRow("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        8, "no JSON")]
    [DataRow("""{"\ud800":3}""", 0, "cannot be read")]
    [DataRow("{", 0, "no JSON")]
    public void Open_WrongHeader_SaysWhatIsWrong(string header, int dataBytes, string expected)
    {
        byte[] file = WeightWriter.Safetensors(header, dataBytes);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes(file));

        StringAssert.Contains(error.Message, expected);
        StringAssert.Contains(error.Message, ".weights'");
    }

    [TestMethod]
    public void Read_NameThatIsNoText_IsWrongData()
    {
        byte[] file = WeightWriter.Safetensors("""{"\ud800":3}""", 0);

        var error = Assert.ThrowsExactly<InvalidDataException>(() => SafetensorsReader.Read(new MemoryStream(file)));

        StringAssert.Contains(error.Message, "no JSON");
    }

    [TestMethod]
    public void Read_NameThatIsNoUtf8_IsWrongData()
    {
        byte[] file = WeightWriter.Safetensors("""{"abc":3}""", 0);
        file[11] = 0xff;

        var error = Assert.ThrowsExactly<InvalidDataException>(() => SafetensorsReader.Read(new MemoryStream(file)));

        StringAssert.Contains(error.Message, "no UTF-8");
    }

    [TestMethod]
    public void Read_HeaderOfNegativeLength_IsWrongData() => Assert.ThrowsExactly<InvalidDataException>(
        () => SafetensorsReader.Read(new MemoryStream([.. BitConverter.GetBytes(long.MaxValue - 3), .. "{}"u8])));

    [TestMethod]
    public void Open_HeaderLongerThanTheFile_IsTruncated()
    {
        byte[] file = [.. BitConverter.GetBytes(99_000_000L), .. "{}"u8];

        var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes(file));

        StringAssert.Contains(error.Message, "its header has 99,000,000 bytes and the file 10");
    }

    [TestMethod]
    public void Open_HeaderOverTheLimit_IsNoSafetensors()
    {
        byte[] file = [.. BitConverter.GetBytes(100_000_001L), .. "{}"u8];

        var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes(file));

        StringAssert.Contains(error.Message, "neither");
    }

    [TestMethod]
    public void Open_TruncatedAnywhere_IsRefused()
    {
        byte[] whole = WeightWriter.Safetensors("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8);
        for (int length = 0; length < whole.Length; length++)
            Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes(whole[..length]), $"{length} bytes");
    }
}
