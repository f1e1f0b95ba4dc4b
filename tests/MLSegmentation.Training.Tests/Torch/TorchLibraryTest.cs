using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class TorchLibraryTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torch-library-test-").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Expected_IsTheVersionThatTorchSharpNames() =>
        Assert.AreEqual(TorchLibrary.Expected, new Version(new Version(TorchSharp.torch.__version__).ToString(fieldCount: 3)));

    [TestMethod]
    [DataRow(0x020a000000000000ul, "2.10.0")]
    [DataRow(0x020b010000000000ul, "2.11.1")]
    public void ToVersion_HasAByteForEachNumber(ulong number, string expected) =>
        Assert.AreEqual(new Version(expected), TorchLibrary.ToVersion(number));

    [TestMethod]
    public void Use_BundledLibrary_IsDescribedWithItsVersion()
    {
        TorchBackend.EnsureAvailable();

        Assert.AreEqual($"libtorch {TorchLibrary.Expected} of this application", TorchLibrary.Description);
    }

    [TestMethod]
    public void Use_FolderWithoutLibtorch_SaysWhichFolderToGive()
    {
        string message = Assert.ThrowsExactly<InvalidOperationException>(() => TorchBackend.EnsureAvailable(_folder)).Message;

        StringAssert.Contains(message, $"The folder '{_folder}'");
        StringAssert.Contains(message, "torch_cpu");
        StringAssert.Contains(message, "python3 -c");
    }

    [TestMethod]
    public void Use_AnotherLibraryThanTheLoadedOne_IsRefused()
    {
        TorchBackend.EnsureAvailable();
        string lib = Directory.CreateDirectory(Path.Combine(_folder, "lib")).FullName;
        foreach (string name in (string[])["libtorch_cpu.so", "torch_cpu.dll", "libtorch_cpu.dylib"])
            File.WriteAllBytes(Path.Combine(lib, name), []);

        string message = Assert.ThrowsExactly<InvalidOperationException>(() => TorchBackend.EnsureAvailable(_folder)).Message;

        StringAssert.Contains(message, $"that of '{lib}' cannot be taken");
        TorchBackend.EnsureAvailable();
    }

    /// <summary>The folder that the environment names goes behind the one that is loaded, as behind an option.</summary>
    [TestMethod]
    public void Use_VariableOfAnotherFolderOnceOneIsLoaded_IsNotLookedAt()
    {
        TorchBackend.EnsureAvailable();
        using var environment = new ChangedEnvironment((TorchLibrary.Variable, _folder));

        TorchBackend.EnsureAvailable();
        Assert.EndsWith("of this application", TorchLibrary.Description);
    }
}
