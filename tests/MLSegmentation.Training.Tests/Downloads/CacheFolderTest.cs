namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class CacheFolderTest
{
    private static readonly string _root = Path.GetTempPath();

    [TestMethod]
    [DataRow(false, false, "home", ".cache", "mlseg", DisplayName = "Linux")]
    [DataRow(false, true, "home", "Library", "Caches", "mlseg", DisplayName = "macOS")]
    [DataRow(true, false, "local", "mlseg", DisplayName = "Windows")]
    public void Resolve_NothingSet_IsThePlatformsCacheFolder(bool isWindows, bool isMacOS, params string[] expected) =>
        Assert.AreEqual(Path.Combine([_root, .. expected]), Resolve([], isWindows, isMacOS));

    [TestMethod]
    public void Resolve_CacheHomeSet_IsBelowItWhereItIsAFullPath()
    {
        Assert.AreEqual(Path.Combine(_root, "x", "mlseg"), Resolve(new() { ["XDG_CACHE_HOME"] = Path.Combine(_root, "x") }));
        Assert.AreEqual(Path.Combine(_root, "home", ".cache", "mlseg"), Resolve(new() { ["XDG_CACHE_HOME"] = "x" }));
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    public void Resolve_HomeSet_IsThat(bool isWindows, bool isMacOS)
    {
        string chosen = Path.Combine(_root, "chosen");
        Dictionary<string, string> variables = new() { ["MLSEG_HOME"] = chosen, ["XDG_CACHE_HOME"] = _root };
        Assert.AreEqual(chosen, Resolve(variables, isWindows, isMacOS));
        Assert.AreEqual(Path.GetFullPath("relative"), Resolve(new() { ["MLSEG_HOME"] = "relative" }, isWindows, isMacOS));
    }

    [TestMethod]
    public void Resolve_NoHomeFolder_SaysWhatToSet()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => CacheFolder.Resolve(_ => null, _ => "", false, false));
        Assert.Contains("MLSEG_HOME", error.Message);
    }

    private static string Resolve(Dictionary<string, string> variables, bool isWindows = false, bool isMacOS = false) =>
        CacheFolder.Resolve(
            variables.GetValueOrDefault,
            folder => Path.Combine(_root, folder == Environment.SpecialFolder.UserProfile ? "home" : "local"),
            isWindows,
            isMacOS);
}
