namespace MLSegmentation.Training.Tests;

/// <summary>The weights <c>resnet18-imagenet</c>, as the restore of this project brought them.</summary>
internal static class RealResNet
{
    public static string Path
    {
        get
        {
            string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? System.IO.Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            string file = System.IO.Path.Combine(
                packages, "microsoft.ml.dnnimagefeaturizer.resnet18", "0.23.1", "tools", "DnnImageModels", "ResNet18Onnx",
                "ResNet18.onnx");
            if (!File.Exists(file)) Assert.Inconclusive($"'{file}' is not there.");
            return file;
        }
    }
}
