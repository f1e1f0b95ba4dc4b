using System.Text.RegularExpressions;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed partial class WeightCatalogueTest
{
    [TestMethod]
    public void All_EveryFile_HasAFullHashAndItsNameInTheAddress()
    {
        foreach (PublishedWeights file in WeightCatalogue.All)
        {
            Assert.MatchesRegex(FullHash(), file.Sha256);
            Assert.EndsWith($"/{file.FileName}", file.Package?.Path ?? file.Url!.AbsolutePath);
            Assert.AreEqual(file.Package is null ? "https" : null, file.Url?.Scheme);
        }
        CollectionAssert.AllItemsAreUnique(WeightCatalogue.All.Select(file => file.Name).ToArray());
        CollectionAssert.AllItemsAreUnique(WeightCatalogue.All.Select(file => file.FileName).ToArray());
    }

    [TestMethod]
    public void All_TorchvisionFile_HasTheHashThatItsNameBeginsToSay()
    {
        string[] names = [.. WeightCatalogue.All.Where(file => HashInName().IsMatch(file.FileName)).Select(file => file.Name)];
        CollectionAssert.AreEqual(new[] { "vgg16-torchvision", "resnet18", "resnet34" }, names);
        foreach (string name in names)
        {
            PublishedWeights file = WeightCatalogue.Find(name);
            Assert.StartsWith(HashInName().Match(file.FileName).Groups[1].Value, file.Sha256);
        }
    }

    [TestMethod]
    public async Task ResNet18ImageNet_FileOfThePackage_HasTheHashOfTheCatalogue() => Assert.IsTrue(
        await WeightDownload.IsRightAsync(RealResNet.Path, WeightCatalogue.Find(WeightCatalogue.ResNet18ImageNet), default));

    [TestMethod]
    public void Find_UnknownName_NamesWhatThereIs()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => WeightCatalogue.Find("VGG16"));
        Assert.Contains("vgg16-torchvision", error.Message);
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex FullHash();

    // torch.hub reads the hash from the name in the same way.
    [GeneratedRegex(@"-([a-f0-9]*)\.pth$")]
    private static partial Regex HashInName();
}
