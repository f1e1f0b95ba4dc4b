using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>How the authors of weight files name and lay out weights, and which images they trained with.</summary>
internal abstract class WeightConvention
{
    /// <summary>What an image is before the first layer.</summary>
    public abstract ImagePreprocessing Preprocessing { get; }

    /// <summary>
    /// The convention of an open file: by its form, and in safetensors by the names. What is read of ONNX has torchvision's
    /// names.
    /// </summary>
    public static WeightConvention Of(WeightFile file)
    {
        if (file.Form == WeightForm.Onnx) return new TorchvisionConvention(ImagePreprocessing.Cntk);
        bool hasTorchNames = file.Weights.Any(weight => weight.Name.EndsWith(".weight", StringComparison.Ordinal));
        bool isTorch = file.Form == WeightForm.Torch || (file.Form == WeightForm.Safetensors && hasTorchNames);
        return isTorch ? new TorchvisionConvention(ImagePreprocessing.Torchvision) : new KerasConvention();
    }

    /// <summary>
    /// What a name in the file says: <c>layer/weight</c>, the layer as in the network, the weight as <see cref="NameOf"/> has it.
    /// </summary>
    public abstract string NameInNetwork(string name);

    /// <summary>The name that these files have for a weight of a layer.</summary>
    public abstract string NameOf(WeightSpec weight);

    /// <summary>Whether a weight is of the classifier or a counter, which no encoder has.</summary>
    public abstract bool IsLeftOut(string name);

    /// <summary>The shape that a weight has in the file.</summary>
    public abstract long[] ShapeInFile(WeightSpec weight);

    /// <summary>The numbers of the file as Torch has them.</summary>
    public abstract Tensor ToTorch(WeightSpec weight, Tensor values);
}
