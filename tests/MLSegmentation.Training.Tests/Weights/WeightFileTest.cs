namespace MLSegmentation.Training.Tests;

/// <summary>Files written by h5py and PyTorch; each weight counts 0, 1, 2, … in the order of its memory.</summary>
[TestClass]
public sealed class WeightFileTest
{
    private static readonly string[] _torchWeights =
    [
        "conv1.weight 2×3×3×3", "bn1.weight 2", "bn1.bias 2", "bn1.running_mean 2", "bn1.running_var 2",
        "bn1.num_batches_tracked one number",
        "layer1.0.conv1.weight 4×2×1×3", "fc.weight 3×2", "fc.bias 3",
    ];

    [TestMethod]
    public void Open_KerasOne_ListsWeightsOfEachLayer() => CheckCounting(
        "keras1.h5",
        WeightForm.Keras,
        [
            "block1_conv1/block1_conv1_W_1:0 3×3×3×2", "block1_conv1/block1_conv1_b_1:0 2",
            "block1_conv2/block1_conv2_W_1:0 3×3×2×4", "block1_conv2/block1_conv2_b_1:0 4",
        ]);

    [TestMethod]
    public void Open_WholeModelOfKerasTwo_ListsItsWeightsWithoutTheOptimizers() => CheckCounting(
        "keras2_model.h5",
        WeightForm.Keras,
        [
            "bn_conv1/bn_conv1/beta:0 2", "bn_conv1/bn_conv1/gamma:0 2", "bn_conv1/bn_conv1/moving_mean:0 2",
            "bn_conv1/bn_conv1/moving_variance:0 2", "conv1/conv1/kernel:0 3×3×3×2", "predictions/predictions/bias:0 3",
            "predictions/predictions/kernel:0 4×3", "up/up/bias:0 5", "up/up/kernel:0 2×2×5×2",
        ]);

    [TestMethod]
    public void Open_TorchBeforeVersionFour_ListsWeights() => CheckCounting(
        "torch_2017.pth",
        WeightForm.Torch,
        [
            "features.0.weight 2×3×3×3", "features.0.bias 2", "features.2.weight 4×2×3×3", "features.2.bias 4",
            "classifier.0.weight 3×4",
        ]);

    [TestMethod]
    [DataRow("torch_zip.pth")]
    [DataRow("torch_legacy.pth")]
    public void Open_Torch_ListsWeightsOfAnyFormatAndStrides(string name)
    {
        using WeightFile file = WeightFile.Open(WeightFixtures.PathOf(name));
        float[] Numbers(string weight) => file.Read(file.Weights.Single(stored => stored.Name == weight));

        Assert.AreEqual(WeightForm.Torch, file.Form);
        CollectionAssert.AreEqual(_torchWeights, Names(file));
        CollectionAssert.AreEqual(Counting(54), Numbers("conv1.weight"));
        CollectionAssert.AreEqual(new float[] { 0, 1 }, Numbers("bn1.weight"), "a parameter");
        CollectionAssert.AreEqual(new float[] { 0, 1 }, Numbers("bn1.bias"), "halves");
        CollectionAssert.AreEqual(new float[] { 0, 1 }, Numbers("bn1.running_mean"), "bfloat16");
        CollectionAssert.AreEqual(new float[] { 2, 3 }, Numbers("bn1.running_var"), "from the third on");
        // arange(24).reshape(2, 1, 3, 4).permute(3, 0, 1, 2): element (a, b, 0, d) is 12 b + 4 d + a.
        var permuted =
            from a in Enumerable.Range(0, 4)
            from b in Enumerable.Range(0, 2)
            from d in Enumerable.Range(0, 3)
            select (float)(12 * b + 4 * d + a);
        CollectionAssert.AreEqual(permuted.ToArray(), Numbers("layer1.0.conv1.weight"));
    }

    [TestMethod]
    public void Open_NoFile_SaysSo() => Assert.ThrowsExactly<FileNotFoundException>(() => WeightFile.Open("there is none.h5"));

    [TestMethod]
    public void Open_Empty_NamesTheFile() => WeightFixtures.WithFile([], path =>
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFile.Open(path));
        StringAssert.Contains(error.Message, path);
        StringAssert.Contains(error.Message, "empty");
    });

    [TestMethod]
    public void Open_ErrorPageOfAServer_SaysWhatItTakes()
    {
        byte[] page = [.. "<!DOCTYPE html><html>404"u8];

        var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes(page));

        StringAssert.Contains(error.Message, "neither HDF5 (Keras), nor a state dict saved by torch.save, nor safetensors");
    }

    [TestMethod]
    [DynamicData(nameof(Fixtures))]
    public void Open_TruncatedAnywhere_IsRefused(string name)
    {
        byte[] whole = File.ReadAllBytes(WeightFixtures.PathOf(name));
        int[] lengths = [1, 7, 8, 16, 100, .. Enumerable.Range(1, 19).Select(part => whole.Length * part / 20), whole.Length - 1];
        foreach (int length in lengths)
        {
            byte[] part = whole[..length];
            var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes(part), $"{length} bytes");
            StringAssert.Contains(error.Message, ".weights'");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Fixtures))]
    public void Open_DamagedAnywhere_IsReadOrRefused(string name)
    {
        byte[] whole = File.ReadAllBytes(WeightFixtures.PathOf(name));
        var random = new Random(7);
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = [.. whole];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            WeightFixtures.WithFile(damaged, ReadOrRefuse);
        }
    }

    /// <summary>
    /// A storage that is said to lie in the file as a whole, where it lies in chunks: the HDF5 library reads nothing and says
    /// nothing.
    /// </summary>
    [TestMethod]
    public void Read_DatasetOfWhichNothingIsFound_IsRefused()
    {
        byte[] damaged = File.ReadAllBytes(WeightFixtures.PathOf("keras1.h5"));
        damaged[7200] = 1;
        WeightFixtures.WithFile(damaged, path =>
        {
            using WeightFile file = WeightFile.Open(path);
            var error = Assert.ThrowsExactly<InvalidDataException>(
                () => file.Weights.ToList().ForEach(weight => file.Read(weight)));
            StringAssert.Contains(error.Message, "not all numbers of");
        });
    }

    [TestMethod]
    public void Open_LegacyStorageCutOff_SaysThatItIsTruncated()
    {
        byte[] whole = File.ReadAllBytes(WeightFixtures.PathOf("torch_2017.pth"));

        var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes(whole[..^4]));

        StringAssert.Contains(error.Message, "bytes are left; it is truncated");
    }

    [TestMethod]
    public void Open_RandomBytes_IsRefused()
    {
        var random = new Random(7);
        byte[] legacyMagic = File.ReadAllBytes(WeightFixtures.PathOf("torch_2017.pth"))[..15];
        byte[][] starts =
            [[], [.. "PK\x03\x04"u8], [0x89, .. "HDF\r\n\x1a\n"u8], [100, 0, 0, 0, 0, 0, 0, 0, (byte)'{'], legacyMagic];
        foreach (byte[] start in starts)
        {
            for (int i = 0; i < 50; i++)
            {
                var noise = new byte[random.Next(1, 2000)];
                random.NextBytes(noise);
                Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes([.. start, .. noise]));
            }
        }
    }

    public static IEnumerable<object[]> Fixtures() => WeightFixtures.Names.Select(name => new object[] { name });

    private static void ReadOrRefuse(string path)
    {
        try
        {
            using WeightFile file = WeightFile.Open(path);
            foreach (StoredWeight weight in file.Weights)
            {
                // A loader reads only what has the shape that it expects.
                if (weight.Format == NumberFormat.Other || weight.Shape.Any(size => size >= 100)) continue;
                float[] numbers = file.Read(weight), others = [.. numbers.Select(number => number + 1)];
                file.Read(weight, others);
                CollectionAssert.AreEqual(numbers, others, "What a file does not hold comes from memory.");
            }
        }
        catch (InvalidDataException error)
        {
            StringAssert.Contains(error.Message, path);
        }
    }

    private static void CheckCounting(string name, WeightForm form, string[] weights)
    {
        using WeightFile file = WeightFile.Open(WeightFixtures.PathOf(name));

        Assert.AreEqual(form, file.Form);
        CollectionAssert.AreEqual(weights, Names(file));
        foreach (StoredWeight weight in file.Weights)
        {
            float[] numbers = file.Read(weight);
            CollectionAssert.AreEqual(Counting(numbers.Length), numbers, weight.Name);
        }
    }

    private static string[] Names(WeightFile file) =>
        [.. file.Weights.Select(weight => $"{weight.Name} {WeightShape.Print(weight.Shape)}")];

    private static float[] Counting(int count) => [.. Enumerable.Range(0, count).Select(number => (float)number)];
}
