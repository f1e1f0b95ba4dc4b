using System.Text;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class FileNameComparerTest
{
    [TestMethod]
    public void Decompose_EveryCharacter_IsItsFormD()
    {
        if ("\u00E9".Normalize(NormalizationForm.FormD).Length == 1)
            Assert.Inconclusive("This process has no culture data, so .NET normalises nothing.");
        foreach (int code in Enumerable.Range(0, 0x30000)
            .Where(code => Rune.IsValid(code) && (code & 0xFFFE) != 0xFFFE && code is < 0xFDD0 or > 0xFDEF))
        {
            string text = new Rune(code).ToString();
            string own = FileNameComparer.Decompose(text), expected = text.Normalize(NormalizationForm.FormD);

            // Characters that are newer than the table stay as they are.
            if (own != text) Assert.AreEqual(expected, own, $"U+{code:X4}");
            else if (code < 0x10000) Assert.AreEqual(expected, own, $"U+{code:X4}");
        }
    }

    [TestMethod]
    [DataRow("caf\u00E9", "cafe\u0301", true)]
    [DataRow("\u1E69", "s\u0307\u0323", true)]
    [DataRow("s\u0323\u0307", "s\u0307\u0323", true)]
    [DataRow("\uD55C\uAE00", "\u1112\u1161\u11AB\u1100\u1173\u11AF", true)]
    [DataRow("cafe", "caf\u00E9", false)]
    [DataRow("A", "a", false)]
    [DataRow("\u00C9", "e\u0301", false)]
    [DataRow("ae", "\u00E6", false)]
    [DataRow("\u01D5", "\u1E7A", false)]
    public void Equals_TwoWritings_AreOneNameOrTwo(string one, string other, bool areEqual)
    {
        FileNameComparer comparer = FileNameComparer.Instance;
        Assert.AreEqual(areEqual, comparer.Equals(one, other));
        if (areEqual) Assert.AreEqual(comparer.GetHashCode(one), comparer.GetHashCode(other));
    }
}
