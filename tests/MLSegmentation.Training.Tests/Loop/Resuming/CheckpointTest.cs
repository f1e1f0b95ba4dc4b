using static MLSegmentation.Training.Tests.StripeTraining;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class CheckpointTest
{
    private static readonly SegmentationTrainerOptions _options = new()
    {
        Epochs = 4,
        LearningRate = 1e-2,
        WeightAveraging = 0.9,
        WeightDecay = 0.01,
        Optimizer = OptimizerKind.AdamW,
        ValidationFraction = 0.1,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoint-test-").FullName;

    private string File => Path.Combine(_folder, "training.checkpoint");

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow(5)]
    [DataRow(9)]
    [DataRow(12)]
    public void Load_TrainingInterrupted_GoesOnBitForBit(int stepsBefore)
    {
        var (losses, weights) = Train(_options);
        using var interruption = new CancellationTokenSource();
        var options = _options with { CheckpointPath = File, CancellationToken = interruption.Token };

        Assert.ThrowsExactly<OperationCanceledException>(() => Train(options, report =>
        {
            if (report.Step == stepsBefore) interruption.Cancel();
        }));
        var (rest, resumed) = Train(options with { Resume = true, CancellationToken = default });

        CollectionAssert.AreEqual(
            losses.Skip(stepsBefore).ToArray(), rest.Skip(rest.Count - losses.Count + stepsBefore).ToArray());
        CollectionAssert.AreEqual(weights, resumed);
    }

    [TestMethod]
    [DataRow(1, 2)]
    [DataRow(2, 2)]
    [DataRow(4, 1)]
    public void Load_InterruptedInAValidation_GoesOnBitForBit(int validation, int interval)
    {
        var plain = _options with
        {
            ValidationInterval = interval,
            WeightAveraging = 0,
            Optimizer = OptimizerKind.Adam,
            GradientAccumulation = 2,
        };
        var validated = new List<double>();
        var (losses, weights) = Train(
            plain, report => validated.AddRange(report.ValidationMetric is double value ? [value] : []));
        using var interruption = new CancellationTokenSource();
        var options = plain with { CheckpointPath = File, CancellationToken = interruption.Token };

        int validations = 0;
        Assert.ThrowsExactly<OperationCanceledException>(() => Train(options, beforeValidation: () =>
        {
            if (++validations == validation) interruption.Cancel();
        }));
        var again = new List<double>();
        var (rest, resumed) = Train(
            options with { Resume = true, CancellationToken = default },
            report => again.AddRange(report.ValidationMetric is double value ? [value] : []));

        int stepsBefore = 2 * validation * interval;
        CollectionAssert.AreEqual(losses.Skip(stepsBefore).ToArray(), rest);
        CollectionAssert.AreEqual(validated.Skip(validation - 1).ToArray(), again);
        CollectionAssert.AreEqual(weights, resumed);
    }

    [TestMethod]
    public void Load_OtherDuration_SaysSo()
    {
        Train(_options with { CheckpointPath = File, Epochs = 1 });

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => Train(_options with { CheckpointPath = File, Resume = true, Epochs = 2 }));

        StringAssert.Contains(error.Message, "Epochs was 1, is 2");
    }

    [TestMethod]
    public void Load_TimeBudget_CountsTheTimeBefore()
    {
        using var interruption = new CancellationTokenSource();
        var options = _options with
        {
            TimeBudget = TimeSpan.FromSeconds(2),
            CheckpointPath = File,
            CancellationToken = interruption.Token,
        };
        double part = 0;
        Assert.ThrowsExactly<OperationCanceledException>(() => Train(options, report =>
        {
            part = report.Fraction;
            if (part > 0.5) interruption.Cancel();
        }));

        var fractions = new List<double>();
        Train(options with { Resume = true, CancellationToken = default }, report => fractions.Add(report.Fraction));

        Assert.IsGreaterThanOrEqualTo(part, fractions[0]);
        Assert.IsGreaterThan(0.9, fractions[^1]);
    }

    [TestMethod]
    public void Save_DiskFull_IsTriedOncePerInterval()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("/dev/full stands for a full disk; this system has none.");
        System.IO.File.CreateSymbolicLink(File + ".partial", "/dev/full");
        var options = _options with { CheckpointInterval = TimeSpan.FromMilliseconds(500) };
        var checkpoint = new Checkpoint(File, TrainingRecord.Of(options, []), options, TrainingDuration.OfEpochs(1));
        using var network = new TorchNetwork(StripeTraining.Tiny("tiny", 8));
        using var state = new TrainingState(network, Optimizer.Create(options, network.Storage));
        Thread.Sleep(600);
        Assert.IsTrue(checkpoint.IsDue);

        Assert.ThrowsExactly<IOException>(() => checkpoint.Save(state));

        Assert.IsFalse(checkpoint.IsDue);
    }

    [TestMethod]
    public void Load_NoFile_TrainsAnew()
    {
        var (losses, weights) = Train(_options);
        var (same, sameWeights) = Train(_options with { CheckpointPath = File, Resume = true });

        CollectionAssert.AreEqual(losses, same);
        CollectionAssert.AreEqual(weights, sameWeights);
    }

    [TestMethod]
    public void Load_TrainingThatHadEnded_GivesItsWeights()
    {
        var (_, weights) = Train(_options with { CheckpointPath = File });
        var (losses, again) = Train(_options with { CheckpointPath = File, Resume = true });

        Assert.IsEmpty(losses);
        CollectionAssert.AreEqual(weights, again);
    }

    [TestMethod]
    public void Load_OtherNetworkSeedOrOptimizer_SaysWhatDiffers()
    {
        Train(_options with { CheckpointPath = File, Epochs = 1 });
        var options = _options with { CheckpointPath = File, Resume = true };

        var seed = Assert.ThrowsExactly<InvalidDataException>(
            () => Train(options with { Seed = 7, Optimizer = OptimizerKind.Sgd }));
        var wider = Assert.ThrowsExactly<InvalidDataException>(() => Train(options, width: 12));
        var other = Assert.ThrowsExactly<InvalidDataException>(() => Train(options, name: "other"));

        StringAssert.Contains(seed.Message, "Seed was 1, is 7");
        StringAssert.Contains(seed.Message, "Optimizer was AdamW, is Sgd");
        StringAssert.Contains(wider.Message, "8×3×3×3, expected 12×3×3×3");
        StringAssert.Contains(other.Message, "Network was tiny, is other");
    }

    [TestMethod]
    public void Load_OtherVersion_SaysSo()
    {
        Train(_options with { CheckpointPath = File, Epochs = 1 });
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        int at = bytes.AsSpan().IndexOf("\"format\":\"1\""u8) + "\"format\":\"".Length;
        bytes[at] = (byte)'9';
        System.IO.File.WriteAllBytes(File, bytes);

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => Train(_options with { CheckpointPath = File, Resume = true }));

        StringAssert.Contains(error.Message, "format 9, expected 1");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    [DataRow(300)]
    [DataRow(-1)]
    public void Load_Truncated_SaysThatItIsDamaged(int length)
    {
        Train(_options with { CheckpointPath = File, Epochs = 1 });
        using (var stream = new FileStream(File, FileMode.Open)) stream.SetLength(length < 0 ? stream.Length + length : length);

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => Train(_options with { CheckpointPath = File, Resume = true }));

        StringAssert.Contains(error.Message, File);
        StringAssert.Contains(error.Message, "damaged");
    }

    /// <summary>Without a digest they gave other weights, and one in a hundred ended the process within libtorch.</summary>
    [TestMethod]
    public void Load_AnyByteChanged_IsRefusedAndChangesNothing()
    {
        Train(_options with { CheckpointPath = File, Epochs = 1 });
        byte[] whole = System.IO.File.ReadAllBytes(File);
        var random = new Random(7);
        using var network = new TorchNetwork(StripeTraining.Tiny("tiny", 8));
        var options = _options with { Epochs = 1 };
        using var state = new TrainingState(network, Optimizer.Create(options, network.Storage));
        var duration = TrainingDuration.Of(options);
        var checkpoint = new Checkpoint(File, TrainingRecord.Of(options, []), options, duration);
        float[] before = Weights(network);
        for (int i = 0; i < 400; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            System.IO.File.WriteAllBytes(File, damaged);

            Assert.ThrowsExactly<InvalidDataException>(() => checkpoint.Load(state, batchesPerEpoch: 4));
        }
        CollectionAssert.AreEqual(before, Weights(network));
    }

    [TestMethod]
    [DataRow("random state", "")]
    [DataRow("random state", "AAAA")]
    [DataRow("random state", null)]
    [DataRow("position", "null")]
    [DataRow("position", """{"Epoch":-1,"Batch":0,"Step":3}""")]
    [DataRow("position", null)]
    [DataRow("training", """{"Epochs":"many"}""")]
    [DataRow("training", "null")]
    [DataRow("elapsed", "soon")]
    [DataRow("optimizer steps", null)]
    public void Load_TextThatIsNone_SaysThatItIsDamaged(string name, string? text)
    {
        Train(_options with { CheckpointPath = File, Epochs = 1 });
        Rewrite(metadata => metadata[name] = text!);

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => Train(_options with { CheckpointPath = File, Resume = true, Epochs = 1 }));

        StringAssert.Contains(error.Message, "damaged");
    }

    /// <summary>A state of the right length whose fields libtorch does not take: its exception would end the process.</summary>
    [TestMethod]
    [DataRow(8)]
    [DataRow(12)]
    [DataRow(16)]
    public void Load_RandomStateOfWrongFields_SaysThatItIsDamaged(int field)
    {
        Train(_options with { CheckpointPath = File, Epochs = 1 });
        Rewrite(metadata =>
        {
            byte[] state = Convert.FromBase64String(metadata["random state"]);
            BitConverter.TryWriteBytes(state.AsSpan(field), 100_000);
            metadata["random state"] = Convert.ToBase64String(state);
        });

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => Train(_options with { CheckpointPath = File, Resume = true, Epochs = 1 }));

        StringAssert.Contains(error.Message, "random numbers");
    }

    /// <summary>Writes the checkpoint again with other texts and the digest of these.</summary>
    private void Rewrite(Action<Dictionary<string, string>> change)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var stream = new MemoryStream(System.IO.File.ReadAllBytes(File));
        SafetensorsContent content = SafetensorsReader.Read(stream);
        var metadata = new Dictionary<string, string>(content.Metadata);
        change(metadata);
        var tensors = content.Weights.Where(weight => weight.Name != SafetensorsDigest.Name).Select(weight =>
        {
            var values = new float[weight.Shape.Aggregate(1L, (product, size) => product * size)];
            weight.Read(values);
            return (weight.Name, TorchSharp.torch.tensor(values, weight.Shape));
        });
        using FileStream file = System.IO.File.Create(File);
        SafetensorsWriter.Write(file, metadata, [.. tensors]);
    }

    private static float[] Weights(TorchNetwork network)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return [.. network.WeightsByName.SelectMany(one => one.Weight.detach().contiguous().data<float>().ToArray())];
    }

    [TestMethod]
    public void Save_DiskFull_KeepsTheOldCheckpointAndTheTraining()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("/dev/full stands for a full disk; this system has none.");
        var options = _options with { CheckpointPath = File, Epochs = 1 };
        Train(options with { Seed = 2 });
        byte[] old = System.IO.File.ReadAllBytes(File);
        System.IO.File.CreateSymbolicLink(File + ".partial", "/dev/full");
        var warnings = new List<string>();

        var (_, weights) = Train(options, report => warnings.AddRange(report.Warning is { } text ? [text] : []));

        Assert.HasCount(1, warnings);
        StringAssert.Contains(warnings[0], "No space left");
        CollectionAssert.AreEqual(old, System.IO.File.ReadAllBytes(File));
        CollectionAssert.AreEqual(Train(_options with { Epochs = 1 }).Weights, weights);
    }

    [TestMethod]
    public void Train_CheckpointOfARunningTraining_IsRefused()
    {
        string? message = null;
        var options = _options with { CheckpointPath = File, Epochs = 1, ValidationFraction = 0 };

        Train(options, report => message ??= Assert.ThrowsExactly<IOException>(() => Train(options)).Message);
        Train(options);

        StringAssert.Contains(message!, $"The checkpoint '{File}' is being written to by process {Environment.ProcessId}");
        Assert.IsFalse(System.IO.File.Exists($"{File}.lock"));
    }
}
