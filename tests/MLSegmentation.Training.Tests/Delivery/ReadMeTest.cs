using MLSegmentation.Tests;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class ReadMeTest
{
    [TestMethod]
    public void ReadMe_FirstLines_ShowCode()
    {
        string[] lines = Lines();

        Assert.Contains("```csharp", lines.Take(25));
        Assert.Contains("```", lines.Take(25));
    }

    [TestMethod]
    public void ReadMe_FirstLines_NameTheBackendInTheVersionOfTorchSharp()
    {
        string version = typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(fieldCount: 3);

        Assert.Contains($"dotnet add package TorchSharp-cpu --version {version}", Lines().Take(10));
    }

    [TestMethod]
    public void ReadMe_AsAWhole_IsADoorOfAtMost150Lines() => Assert.IsLessThanOrEqualTo(150, Lines().Length);

    private static string[] Lines() => File.ReadAllLines(Path.Combine(SharedData.Repository, "README.md"));
}
