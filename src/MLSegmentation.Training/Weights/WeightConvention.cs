using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>How the authors of weight files name and lay out weights, and which images they trained with.</summary>
internal abstract class WeightConvention
{
    /// <summary>What an image is before the first layer.</summary>
    public abstract ImagePreprocessing Preprocessing { get; }

    /// <summary>The convention of an open file: by its form, and in safetensors by the names.</summary>
    public static WeightConvention Of(WeightFile file)
    {
        bool hasTorchNames = file.Weights.Any(weight => weight.Name.EndsWith(".weight", StringComparison.Ordinal));
        bool isTorch = file.Form == WeightForm.Torch || (file.Form == WeightForm.Safetensors && hasTorchNames);
        return isTorch ? new TorchvisionConvention(file.Weights) : new KerasConvention();
    }

    /// <summary>The name of a weight in a network: <c>layer/weight</c>, such as <c>block1_conv1/kernel</c>.</summary>
    public abstract string NameInNetwork(string name);

    /// <summary>Whether a weight is of the classifier or a counter, which no encoder has.</summary>
    public abstract bool IsLeftOut(string name);

    /// <summary>The shape in the file of a weight that has this shape in Torch.</summary>
    public abstract long[] ShapeInFile(long[] shape);

    /// <summary>The weight as Torch has it.</summary>
    public abstract Tensor ToTorch(Tensor values);
}
