using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

/// <summary>A model with weights in another file is read as the one that has them within.</summary>
[TestClass]
public sealed class OutsideWeightsTest
{
    private const int Float32 = 1, UInt8 = 2, UInt4 = 21;

    private readonly TestFolder _folder = new();

    private string ModelFile => _folder.FileNamed("model.onnx");

    private string WeightFile => _folder.FileNamed(OutsideModel.Location);

    [TestCleanup]
    public void Delete() => _folder.Dispose();

    [TestMethod]
    public void ReadInto_WeightsOfAModel_AreTheOriginals()
    {
        byte[] original = TestGraphs.SumOfRedAndGreen(5);
        (byte[] model, byte[] weights) = OutsideModel.Of(original);
        File.WriteAllBytes(WeightFile, weights);

        ModelProto read = ModelProto.Parser.ParseFrom(OutsideWeights.ReadInto(model, ModelFile));

        Assert.AreEqual(ModelProto.Parser.ParseFrom(original), read);
    }

    [TestMethod]
    public void ReadInto_ModelOfOneFile_IsTheArrayItself()
    {
        byte[] model = TestGraphs.BrightestChannel();

        Assert.AreSame(model, OutsideWeights.ReadInto(model, ModelFile));
    }

    [TestMethod]
    public void ReadInto_UnsoundModel_IsLeftForOpeningToRefuse()
    {
        (byte[] model, _) = OutsideModel.Of(TestGraphs.BrightestChannel());
        byte[] cut = model[..^1];

        Assert.AreSame(cut, OutsideWeights.ReadInto(cut, ModelFile));
        Assert.IsEmpty(OutsideWeights.ReadInto([], ModelFile));
    }

    [TestMethod]
    public void ReadInto_TensorsWhereverTheyAre_AreRead()
    {
        byte[] values = [1, 2, 3];
        File.WriteAllBytes(WeightFile, values);
        byte[] head = OutsideModel.Tensor(UInt8, 3);
        byte[] outside = [.. head, .. OutsideModel.Outside(("location", OutsideModel.Location))];
        byte[] inside = [.. head, .. OutsideModel.Inside(values)];

        static byte[] Field(int number, byte[] content) => EditedModel.Field(number, content);
        (string Name, Func<byte[], byte[]> Around)[] places =
        [
            ("initializer", tensor => Field(7, Field(5, tensor))),
            ("values of a sparse initializer", tensor => Field(7, Field(15, Field(1, tensor)))),
            ("indices of a sparse initializer", tensor => Field(7, Field(15, Field(2, tensor)))),
            ("attribute", tensor => Field(7, Field(1, Field(5, Field(5, tensor))))),
            ("attribute of tensors", tensor => Field(7, Field(1, Field(5, [.. Field(10, tensor), .. Field(10, tensor)])))),
            ("sparse attribute", tensor => Field(7, Field(1, Field(5, Field(22, Field(1, tensor)))))),
            ("branch", tensor => Field(7, Field(1, Field(5, Field(6, Field(5, tensor)))))),
            ("branch in a branch",
                tensor => Field(7, Field(1, Field(5, Field(11, Field(1, Field(5, Field(6, Field(5, tensor))))))))),
            ("function", tensor => [.. Field(7, []), .. Field(25, Field(7, Field(5, Field(5, tensor))))]),
            ("attribute of a function", tensor => [.. Field(7, []), .. Field(25, Field(11, Field(5, tensor)))]),
            ("training", tensor => [.. Field(7, []), .. Field(20, Field(2, Field(5, tensor)))]),
        ];
        foreach (var (name, around) in places)
        {
            // What comes before and after stays.
            byte[] Model(byte[] tensor) =>
                [.. Field(2, "before"u8.ToArray()), .. around(tensor), .. Field(3, "after"u8.ToArray())];
            CollectionAssert.AreEqual(Model(inside), OutsideWeights.ReadInto(Model(outside), ModelFile), name);
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(100)]
    [DataRow(127)]
    [DataRow(128)]
    [DataRow(16_383)]
    [DataRow(16_384)]
    [DataRow(2_097_152)]
    public void ReadInto_ValuesOfEachLength_AreRead(int length)
    {
        byte[] values = new byte[length];
        new Random(3).NextBytes(values);
        File.WriteAllBytes(WeightFile, values);
        byte[] head = OutsideModel.Tensor(UInt8, length), small = [.. OutsideModel.Tensor(UInt8, 1), .. OutsideModel.Inside([7])];
        byte[] outside = [.. head, .. OutsideModel.Outside(("location", OutsideModel.Location))];

        CollectionAssert.AreEqual(
            OutsideModel.OfTensors(small, [.. head, .. OutsideModel.Inside(values)], small),
            OutsideWeights.ReadInto(OutsideModel.OfTensors(small, outside, small), ModelFile));
    }

    [TestMethod]
    [DataRow(UInt8, new long[] { 2, 3 }, 6)]
    [DataRow(UInt8, new long[] { }, 1)]
    [DataRow(UInt8, new long[] { 3, 0, 1L << 62 }, 0)]
    [DataRow(UInt4, new long[] { 3 }, 2)]
    [DataRow(25, new long[] { 5 }, 2)]
    [DataRow(10, new long[] { 3 }, 6)]
    [DataRow(16, new long[] { 3 }, 6)]
    [DataRow(Float32, new long[] { 2 }, 8)]
    [DataRow(11, new long[] { 1 }, 8)]
    [DataRow(15, new long[] { 1 }, 16)]
    [DataRow(17, new long[] { 3 }, 3)]
    public void ReadInto_EachType_TakesWhatItsShapeHolds(int type, long[] sizes, int bytes)
    {
        byte[] file = [.. Enumerable.Range(1, 40).Select(value => (byte)value)];
        File.WriteAllBytes(WeightFile, file);
        byte[] head = OutsideModel.Tensor(type, sizes);
        byte[] outside = OutsideModel.OfTensors(
            [.. head, .. OutsideModel.Outside(("location", OutsideModel.Location), ("offset", "4"))]);

        CollectionAssert.AreEqual(
            OutsideModel.OfTensors([.. head, .. OutsideModel.Inside(file[4..(4 + bytes)])]),
            OutsideWeights.ReadInto(outside, ModelFile));
    }

    [TestMethod]
    public void ReadInto_SizesOneByOneAndOtherKeys_AreTaken()
    {
        File.WriteAllBytes(WeightFile, [1, 2, 3, 4, 5, 6]);

        // Field 1 twice, each with one number, as writers of proto2 do.
        byte[] head = [1 << 3, 2, 1 << 3, 3, 2 << 3, UInt8];
        byte[] outside = OutsideModel.OfTensors(
        [
            .. head,
            .. OutsideModel.Outside(
                ("location", OutsideModel.Location), ("length", "6"), ("checksum", "0"), ("basepath", "/elsewhere")),
        ]);

        CollectionAssert.AreEqual(
            OutsideModel.OfTensors([.. head, .. OutsideModel.Inside([1, 2, 3, 4, 5, 6])]),
            OutsideWeights.ReadInto(outside, ModelFile));
    }

    [TestMethod]
    public void ReadInto_ManyTensorsOfTheSameBytes_AreRefusedBeforeMemoryIsTaken()
    {
        using (FileStream file = File.Create(WeightFile)) file.SetLength(10 << 20);
        byte[] tensor =
            [.. OutsideModel.Tensor(UInt8, 10 << 20), .. OutsideModel.Outside(("location", OutsideModel.Location))];
        byte[] model = OutsideModel.OfTensors(Enumerable.Repeat(tensor, 100));
        long before = GC.GetAllocatedBytesForCurrentThread();

        string message = RefusalOf(model);

        Assert.IsLessThan(1 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
        StringAssert.Contains(message, "reads 1,048,576,000 bytes of weights from other files, which have 10,485,760 together");
    }

    [TestMethod]
    public void ReadInto_TensorsThatShareTheirBytes_AreRead()
    {
        File.WriteAllBytes(WeightFile, [1, 2, 3]);
        byte[] head = OutsideModel.Tensor(UInt8, 3);
        byte[] outside = [.. head, .. OutsideModel.Outside(("location", OutsideModel.Location))];

        CollectionAssert.AreEqual(
            OutsideModel.OfTensors(Enumerable.Repeat<byte[]>([.. head, .. OutsideModel.Inside([1, 2, 3])], 20)),
            OutsideWeights.ReadInto(OutsideModel.OfTensors(Enumerable.Repeat(outside, 20)), ModelFile));
    }

    [TestMethod]
    public void ReadInto_MoreThanAnArrayHolds_IsRefusedBeforeMemoryIsTaken()
    {
        // Files with holes, which take no room on most disks.
        foreach (string name in new[] { "a", "b" })
        {
            using FileStream file = File.Create(_folder.FileNamed(name));
            file.SetLength(1_200_000_000);
        }
        byte[] model = OutsideModel.OfTensors(new[] { "a", "b" }.Select(name => (byte[])
            [.. OutsideModel.Tensor(UInt8, 1_200_000_000), .. OutsideModel.Outside(("location", name))]));
        long before = GC.GetAllocatedBytesForCurrentThread();

        string message = RefusalOf(model);

        Assert.IsLessThan(1 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
        StringAssert.Contains(message, "expected at most 2,147,483,591");
    }

    [TestMethod]
    public void FromFile_WeightsBeside_ScoresAsTheWhole()
    {
        byte[] original = TestGraphs.BrightestChannel();
        string file = OutsideModel.Write(_folder.Path, original);
        using SegmentationModel whole = SegmentationModel.Load(original), outside = SegmentationModel.Load(file);
        using MLImage image = TestImages.Image(8, 6, 1);

        CollectionAssert.AreEqual(whole.Segment(image).Mask.ToArray(), outside.Segment(image).Mask.ToArray());
        Assert.AreEqual(3, OnnxModelInfo.FromFile(file).ClassCount);
    }

    [TestMethod]
    public void Read_WeightsChanged_IsNoticed()
    {
        var source = OnnxModelSource.OfFile(OutsideModel.Write(_folder.Path, TestGraphs.BrightestChannel()));
        source.Read();
        byte[] weights = File.ReadAllBytes(WeightFile);
        weights[0] ^= 1;
        File.WriteAllBytes(WeightFile, weights);

        StringAssert.Contains(Assert.ThrowsExactly<InvalidDataException>(source.Read).Message, "or so has a file of its weights");
    }

    [TestMethod]
    public void Save_WeightsBeside_TravelInTheZip()
    {
        var ml = new MLContext();
        string file = OutsideModel.Write(_folder.Path, TestGraphs.BrightestChannel());
        IDataView data = ml.Data.LoadFromEnumerable([new TestImages.Row { Name = "a", Image = TestImages.Image(8, 6, 1) }]);
        uint[] Masks(ITransformer model) =>
            [.. model.Transform(data).GetColumn<VBuffer<uint>>("Mask").SelectMany(mask => mask.DenseValues())];
        using var fitted = ml.Transforms.SegmentImage("Mask", "Image", file).Fit(data);
        uint[] masks = Masks(fitted);
        using var zip = new MemoryStream();
        ml.Model.Save(fitted, data.Schema, zip);
        File.Delete(file);
        File.Delete(WeightFile);

        CollectionAssert.AreEqual(masks, Masks(new MLContext().Model.Load(zip, out _)));
    }

    [TestMethod]
    public void ReadInto_KerasModelWithWeightsBeside_ComputesWhatTheWholeDoes()
    {
        float[] outside = Run(SharedData.Require("foreign", "external-weights.onnx"), "input_1", [1, 80, 112, 3]);
        float[] whole = Run(SharedData.Require("foreign", "keras-nhwc-softmax.onnx"), "input_1", [1, 80, 112, 3]);

        CollectionAssert.AreEqual(whole, outside);
    }

    [TestMethod]
    public void ReadInto_ConvolutionWithWeightsBeside_ComputesItsSum()
    {
        const int Pixels = 32 * 64;
        float[] scores = Run(SharedData.Require("cases", "08-onnx-external-data", "external.onnx"), "x", [1, 3, 32, 64]);
        float[] image = Input(3 * Pixels);

        // The weights of class 0 are -1/60 and its bias is 51/8, those of class 1 the negative of both.
        for (int i = 0; i < Pixels; i++)
        {
            float expected = 6.375f - ((image[i] + image[Pixels + i] + image[(2 * Pixels) + i]) / 60);
            Assert.AreEqual(expected, scores[i], 1e-4f);
            Assert.AreEqual(-expected, scores[Pixels + i], 1e-4f);
        }
    }

    private string RefusalOf(byte[] model) =>
        Assert.ThrowsExactly<InvalidDataException>(() => OutsideWeights.ReadInto(model, ModelFile)).Message;

    private static float[] Input(int length)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, length).Select(_ => 255 * random.NextSingle())];
    }

    private static float[] Run(string file, string input, long[] shape)
    {
        byte[] model = OnnxModelFile.Read(file);
        using SessionOptions options = OnnxModelFile.CreateOptions();
        using InferenceSession session = OnnxModelFile.Open(model, file, options);
        using var image = OrtValue.CreateTensorValueFromMemory(
            Input((int)shape.Aggregate((product, size) => product * size)), shape);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, [input], [image], [.. session.OutputNames]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
