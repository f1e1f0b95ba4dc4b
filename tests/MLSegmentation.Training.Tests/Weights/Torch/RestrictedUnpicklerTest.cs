namespace MLSegmentation.Training.Tests;

/// <summary>Pickles that do other things than list tensors, in the files that PyTorch would run them from.</summary>
[TestClass]
public sealed class RestrictedUnpicklerTest
{
    private static readonly byte[] _legacyMagic = File.ReadAllBytes(WeightFixtures.PathOf("torch_legacy.pth"))[..15];

    [TestMethod]
    [DataRow("os", "system")]
    [DataRow("posix", "system")]
    [DataRow("builtins", "eval")]
    [DataRow("__builtin__", "exec")]
    [DataRow("torch", "load")]
    [DataRow("torch._utils", "_rebuild_wrapper_subclass")]
    [DataRow("torch.nn.modules.conv", "Conv2d")]
    public void Load_AnotherGlobal_IsRefusedByName(string module, string name)
    {
        byte[] pickle = new PickleWriter().Global(module, name).Code('(').Text("touch pwned").Code('t').Code('R').ToArray();
        foreach (byte[] file in new[] { Zip(pickle), [.. _legacyMagic, .. pickle] })
        {
            var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes(file));
            StringAssert.Contains(error.Message, $"names '{module}.{name}'");
            StringAssert.Contains(error.Message, "Nothing of it was run");
        }
    }

    [TestMethod]
    public void Load_GlobalOfProtocolFour_IsRefused()
    {
        // pickle.dumps(os.system, 4) has its names on the stack: short strings, then STACK_GLOBAL.
        byte[] pickle = [0x80, 4, 0x8c, 5, .. "posix"u8, 0x8c, 6, .. "system"u8, 0x93, (byte)'.'];
        StringAssert.Contains(Refuse(Zip(pickle)), "protocol 4");
        StringAssert.Contains(Refuse(Zip([0x80, 2, .. pickle[2..]])), "instruction 0x8c");
    }

    [TestMethod]
    [DataRow('i', "INST")]
    [DataRow('o', "OBJ")]
    [DataRow('\x81', "NEWOBJ")]
    [DataRow('\x82', "EXT1")]
    [DataRow('P', "PERSID")]
    public void Load_OtherInstructionThatCalls_IsRefused(char code, string name)
    {
        byte[] pickle = new PickleWriter().Code('(').Code(code).ToArray();
        StringAssert.Contains(Refuse(Zip(pickle)), $"instruction 0x{(int)code:x2}", name);
    }

    [TestMethod]
    [DataRow("t")]
    [DataRow("\x85")]
    [DataRow("R")]
    [DataRow("Nb.")]
    [DataRow("]u")]
    [DataRow("}(NNu")]
    [DataRow("}(X\u0001\u0000\u0000\u0000au")]
    [DataRow("]a")]
    [DataRow("Na")]
    [DataRow("h\u0001")]
    [DataRow("q\u0001")]
    [DataRow("NQ")]
    [DataRow("\u008a\u000900000000")]
    [DataRow("X\u0000\u0000\u0000\u0080")]
    [DataRow("X\u0000\u0000\u0000\u0070")]
    [DataRow("X\u0001\u0000\u0000\u0000\u00ff")]
    [DataRow("(((((")]
    [DataRow("")]
    public void Load_NonsensePickle_IsRefused(string codes)
    {
        byte[] pickle = [0x80, 2, .. codes.Select(code => (byte)code)];
        Refuse(Zip(pickle));
        Refuse(Zip([.. pickle, (byte)'.']));
    }

    [TestMethod]
    public void Load_EndlessValues_IsRefused()
    {
        var pickle = new byte[5_000_000];
        foreach (char code in "N(")
        {
            pickle.AsSpan().Fill((byte)code);
            StringAssert.Contains(Refuse(Zip(pickle)), "more than 1,048,576 values");
        }
    }

    /// <summary>Two bytes name a long tuple or list again: a short file must not become gigabytes.</summary>
    [TestMethod]
    public void Load_TensorOfManyDimensions_IsRefused()
    {
        byte[] file = Zip(new PickleWriter().Global("collections", "OrderedDict").Code(')').Code('R').Code('(').Text("weight")
            .Tensor("0", 1, 0, [.. Enumerable.Repeat(1, 100)], [.. Enumerable.Repeat(1, 100)]).Code('u').ToArray());

        StringAssert.Contains(Refuse(file), "more than 64");
    }

    [TestMethod]
    public void Load_LongListCopiedOften_IsRefused()
    {
        var pickle = new PickleWriter().Code(']').Code('q').Code('\u0001').Code('(');
        for (int i = 0; i < 1000; i++) pickle.Code('(').Text("name").Code('N').Code('t');
        pickle.Code('e');
        for (int i = 0; i < 1200; i++)
            pickle.Global("collections", "OrderedDict").Code('h').Code('\u0001').Code('\x85').Code('R');

        StringAssert.Contains(Refuse(Zip(pickle.ToArray())), "more than 1,048,576 values");
    }

    [TestMethod]
    public void Load_LargerThanAnyList_IsRefused()
    {
        var pickle = new byte[17 << 20];
        for (int i = 0; i < pickle.Length; i += 2) (pickle[i], pickle[i + 1]) = ((byte)']', (byte)'b');
        StringAssert.Contains(Refuse(Zip([0x80, 2, (byte)'N', .. pickle])), "more than 16 MiB");
    }

    private static byte[] Zip(byte[] pickle) => WeightWriter.Zip([("data.pkl", pickle)]);

    private static string Refuse(byte[] file)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => WeightFixtures.OpenBytes(file));
        StringAssert.Contains(error.Message, ".weights'");
        return error.Message;
    }
}
