using MLSegmentation.Training.Onnx.Schema;

namespace MLSegmentation.Tests;

/// <summary>Models of others with a bit flipped: a clear error or a run, never a crash or an endless run.</summary>
[TestClass]
public sealed class DamagedForeignModelTest
{
    private const int Flips = 334;

    // What is no byte of a weight is what a reader can stumble over.
    private const int LeastWeights = 64;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    [TestMethod]
    [DataRow("binary-logit")]
    [DataRow("multi-label-sigmoid")]
    [DataRow("nhwc-uint8-labels")]
    public void Segment_BitFlipped_IsRefusedOrRuns(string name)
    {
        var model = ForeignModels.Of(name);
        byte[] whole = File.ReadAllBytes(model.ModelFile), image = File.ReadAllBytes(model.ImageFile);
        int[] structure = StructureOf(whole);
        var options = new SegmentationModelOptions
        {
            Preparation = model.Preparation ?? ImagePreparation.AsIs,
            Classes = model.Classes,
            Threads = 1,
        };
        var random = new Random(43);
        int runs = 0;
        for (int i = 0; i < Flips; i++)
        {
            byte[] flipped = [.. whole];
            int at = i % 4 == 0 ? random.Next(whole.Length) : structure[random.Next(structure.Length)], bit = random.Next(8);
            flipped[at] ^= (byte)(1 << bit);
            using var time = new CancellationTokenSource(_longest);
            try
            {
                using SegmentationModel opened = SegmentationModel.Load(flipped, options);
                opened.Segment(image, time.Token);
                runs++;
            }
            catch (Exception error) when (error is InvalidDataException or InvalidOperationException or ArgumentException)
            {
                Assert.DoesNotContain("ErrorCode", error.Message, $"byte {at}, bit {bit}");
            }
            Assert.IsFalse(time.IsCancellationRequested, $"byte {at}, bit {bit}: it ran for {_longest.TotalSeconds} s.");
        }
        Assert.IsInRange(Flips / 10, Flips - 1, runs);
    }

    /// <summary>The places of all bytes but those of weights.</summary>
    private static int[] StructureOf(byte[] model)
    {
        var isWeight = new bool[model.Length];
        foreach (TensorProto tensor in ModelProto.Parser.ParseFrom(model).Graph.Initializer)
        {
            ReadOnlySpan<byte> weights = tensor.RawData.Span;
            if (weights.Length >= LeastWeights) isWeight.AsSpan(model.AsSpan().IndexOf(weights), weights.Length).Fill(true);
        }
        return [.. Enumerable.Range(0, model.Length).Where(at => !isWeight[at])];
    }
}
