using FreshProcess;

namespace MLSegmentation.Tests;

/// <summary>Zips that earlier versions saved load and give what they gave: Data/Kept/README.md tells what wrote them.</summary>
[TestClass]
public sealed class KeptZipsTest
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Data", "Kept");

    public static IEnumerable<string> Zips => Directory.GetFiles(_folder, "*.zip").Select(path => Path.GetFileName(path)).Order();

    [TestMethod]
    [DynamicData(nameof(Zips))]
    public void Load_KeptZip_GivesWhatItGave(string zip) => Assert.IsEmpty(KeptFile.DifferencesOfZip(Path.Combine(_folder, zip)));

    [TestMethod]
    public void Load_KeptZipsInAFreshProcess_GiveWhatTheyGave() => Assert.IsEmpty(HelperProcess.Run("FreshProcess", _folder));
}
