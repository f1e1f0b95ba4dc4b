namespace MLSegmentation.Training.Tests;

/// <summary>The weights <c>resnet18-imagenet</c>, as the restore of this project brought them.</summary>
internal static class RealResNet
{
    public static string Path
    {
        get
        {
            PublishedWeights file = WeightCatalogue.Find(WeightCatalogue.ResNet18ImageNet);
            if (FoundWeights.Of(file) is { } found) return found.Path;
            Assert.Inconclusive($"The weights are not on this machine: there is no '{file.Package!.InNuGet}'.");
            return "";
        }
    }
}
