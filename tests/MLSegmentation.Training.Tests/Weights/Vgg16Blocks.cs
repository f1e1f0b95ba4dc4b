using MLSegmentation.Tests;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>The first two blocks of VGG16, in which real ImageNet weights of them are.</summary>
internal static class Vgg16Blocks
{
    public static readonly string[] Outputs = ["block1_conv1", "block1_pool", "block2_conv1", "block2_conv2", "block2_pool"];

    public static string File(string name) => SharedData.Require("data", "vgg16_blocks12", name);

    /// <summary>The blocks, as the encoder has them, with the results of <see cref="Outputs"/>.</summary>
    public static LayerGraph Graph(ImagePreprocessing preprocessing)
    {
        SymbolicTensor image = SymbolicTensor.Input(Shape.Map(3, 224, 224));
        SymbolicTensor end = new Vgg16Encoder { Preprocessing = preprocessing }.Apply(image)[1];
        var whole = new LayerGraph("vgg16_blocks12", [image], [end]);
        SymbolicTensor Named(string name) => whole.Nodes.Single(node => whole.NameOf(node) == name);
        return new LayerGraph("vgg16_blocks12", [image], [.. Outputs.Select(Named)]);
    }

    /// <summary>The reference image, 1×3×224×224, RGB of 0 to 255.</summary>
    public static Tensor Image()
    {
        using var image = ImageDecoder.Decode(File("reference_input_224_rgb.png"));
        var geometry = ImageGeometry.For(image.Width, image.Height, ImageSizing.Native, networkWidth: 0, networkHeight: 0);
        var pixels = new float[3 * 224 * 224];
        ImageTensor.Fill(image, geometry, PixelScaling.AsIs(3), pixels);
        return tensor(pixels, [1, 3, 224, 224]);
    }

    /// <summary>The weights with Keras's names and layout.</summary>
    public static IReadOnlyList<(string Name, long[] Shape, float[] Numbers)> Read()
    {
        using WeightFile file = WeightFile.Open(File("vgg16_blocks12_hwio_f32.safetensors"));
        return [.. file.Weights.Select(weight => (weight.Name, weight.Shape, file.Read(weight)))];
    }
}
