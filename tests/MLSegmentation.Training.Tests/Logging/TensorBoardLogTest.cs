using System.Text;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TensorBoardLogTest
{
    private static readonly TimeProvider _clock = new FixedClock();

    /// <summary>
    /// By the format's documents: the first record is an event of the file's version, the second the scalar. 1.5 as a double is
    /// 00 00 00 00 00 00 F8 3F, 0.25 as a float 00 00 80 3E. The checksums were worked out apart, bit by bit.
    /// </summary>
    [TestMethod]
    public void Scalar_OneValue_HasTheseBytes()
    {
        using var file = new MemoryStream();
        using (var log = Open(file)) log.Scalar("a", 3, 0.25);

        byte[] version = [0x09, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0x1A, 13, .. "brain.Event:2"u8];
        byte[] scalar =
        [
            0x09, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, // 1: wall time
            0x10, 3, // 2: step
            0x2A, 10, // 5: summary
            0x0A, 8, // 1: value
            0x0A, 1, (byte)'a', // 1: tag
            0x15, 0, 0, 0x80, 0x3E, // 2: simple value
        ];
        byte[] expected =
        [
            24, 0, 0, 0, 0, 0, 0, 0, 0xA3, 0x7F, 0x4B, 0x22, .. version, 0x2A, 0x28, 0x64, 0x6C,
            23, 0, 0, 0, 0, 0, 0, 0, 0xE7, 0xCE, 0xF8, 0x1E, .. scalar, 0x2E, 0x69, 0x94, 0x7B,
        ];
        Assert.AreEqual(Convert.ToHexString(expected), Convert.ToHexString(file.ToArray()));
    }

    [TestMethod]
    public void Scalar_ManyValues_ReadBackEqual()
    {
        using var file = new MemoryStream();
        (string Tag, long Step, float Value)[] values =
        [
            ("train/loss", 0, 0), ("learning rate", 1, 1e-3f), ("validation/mean IoU", 1L << 40, -7), ("größe", 300, float.NaN),
        ];
        using (var log = Open(file))
        {
            foreach (var (tag, step, value) in values) log.Scalar(tag, step, value);
        }

        var read = EventFile.Records(file.ToArray()).Skip(1).Select(EventFile.Value)
            .Select(value => (value.Tag, value.Step, BitConverter.UInt32BitsToSingle((uint)(ulong)value.Value[2])));
        CollectionAssert.AreEqual(values, read.ToArray());
    }

    [TestMethod]
    public void Image_Pixels_DecodesToTheSame()
    {
        using var file = new MemoryStream();
        var rgb = new byte[5 * 4 * 3];
        new Random(1).NextBytes(rgb);
        using (var log = Open(file)) log.Image("samples/overlay", 7, rgb, 5, 4);

        var (step, tag, value) = EventFile.Value(EventFile.Records(file.ToArray())[1]);
        var image = EventFile.Fields((byte[])value[4]);
        PngImage png = PngReader.Read((byte[])image[4], "image");

        Assert.AreEqual((7L, "samples/overlay"), (step, tag));
        Assert.AreEqual((4ul, 5ul, 3ul), (image[1], image[2], image[3]));
        CollectionAssert.AreEqual(rgb.Select(channel => (ushort)channel).ToArray(), png.Samples);
    }

    [TestMethod]
    public void Image_WrongLength_SaysWhatIsExpected()
    {
        using var log = Open(new MemoryStream());

        var error = Assert.ThrowsExactly<ArgumentException>(() => log.Image("a", 1, new byte[11], 2, 2));

        StringAssert.Contains(error.Message, "11 bytes of pixels, expected 3 × 2 × 2");
    }

    [TestMethod]
    public void Create_Twice_MakesTwoFilesThatSortInOrder()
    {
        string folder = Directory.CreateTempSubdirectory("mlsegmentation-log-").FullName;
        try
        {
            string runs = Path.Combine(folder, "made", "here");
            using (var first = TensorBoardLog.Create(runs, Assert.Fail)) first.Scalar("run", 1, 1);
            using (var second = TensorBoardLog.Create(runs, Assert.Fail, resumedStep: 2)) second.Scalar("run", 2, 2);

            string[] files = [.. Directory.GetFiles(runs).Order(StringComparer.Ordinal)];
            Assert.HasCount(2, files);
            foreach (string file in files)
                StringAssert.Matches(Path.GetFileName(file), new(@"^events\.out\.tfevents\.\d{10}\.mlseg$"));
            Assert.AreEqual(1L, EventFile.Value(EventFile.Records(File.ReadAllBytes(files[0]))[^1]).Step);
            Assert.AreEqual(2L, EventFile.Value(EventFile.Records(File.ReadAllBytes(files[1]))[^1]).Step);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void Scalar_FileStillOpen_IsInTheFile()
    {
        string folder = Directory.CreateTempSubdirectory("mlsegmentation-log-").FullName;
        try
        {
            using var log = TensorBoardLog.Create(folder, Assert.Fail);
            log.Scalar("train/loss", 1, 2);

            using var stream = new FileStream(Directory.GetFiles(folder)[0], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            Assert.HasCount(2, EventFile.Records(copy.ToArray()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void Open_Resumed_TellsWhichStepsAreDroppedBeforeAnyValue()
    {
        using var file = new MemoryStream();
        using (var log = new TensorBoardLog("log", file, Assert.Fail, _clock, resumedStep: 40)) log.Scalar("a", 40, 1);

        var records = EventFile.Records(file.ToArray());
        var start = EventFile.Fields(records[1]);

        Assert.HasCount(3, records);
        Assert.AreEqual("brain.Event:2", Encoding.UTF8.GetString((byte[])EventFile.Fields(records[0])[3]));
        Assert.AreEqual(40ul, start[2]);
        Assert.AreEqual(1ul, EventFile.Fields((byte[])start[7])[1]);
    }

    [TestMethod]
    public void Scalar_DiskIsFull_WarnsOnceAndTakesNothingMore()
    {
        var warnings = new List<string>();
        using var log = new TensorBoardLog("runs/events", new FullDisk(room: 100), warnings.Add, _clock);

        for (int step = 1; step <= 10; step++) log.Scalar("train/loss", step, 1);
        log.Image("samples/overlay", 11, new byte[3], 1, 1);

        Assert.HasCount(1, warnings);
        Assert.AreEqual(
            "The TensorBoard log 'runs/events' stops at step 2: No space left on device. The training goes on without it.",
            warnings[0]);
    }

    private static TensorBoardLog Open(Stream stream) => new("log", stream, Assert.Fail, _clock);

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(1.5);
    }

    private sealed class FullDisk(long room) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > room) throw new IOException("No space left on device.");
            base.Write(buffer, offset, count);
        }
    }
}
