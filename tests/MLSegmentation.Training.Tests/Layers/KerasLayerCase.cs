using System.Runtime.InteropServices;
using System.Text.Json;
using MLSegmentation.Tests;
using MLSegmentation.Training.Layers;
using static TorchSharp.torch;

namespace MLSegmentation.Training.Tests;

/// <summary>One layer computed by an independent implementation of Keras: its configuration, input, weights and result.</summary>
public sealed record KerasLayerCase(
    string Layer, string Padding, int KernelSize, int Strides, long[] XShapeNhwc, long[] KernelShape, long[] YShapeNhwc, string X,
    string Kernel, string Bias, string Y)
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<KerasLayerCase> LoadAll()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("oracles", "keras_layers.json")));
        return file.RootElement.GetProperty("cases").Deserialize<KerasLayerCase[]>(_json)!;
    }

    public static Tensor Decode(string base64, params long[] shape) =>
        tensor(MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(base64)).ToArray(), shape);

    public Layer Create()
    {
        var padding = Padding == "same" ? PaddingKind.Same : PaddingKind.Valid;
        long filters = YShapeNhwc[3];
        return Layer switch
        {
            nameof(Conv2D) => new Conv2D(filters, KernelSize) { Stride = Strides, Padding = padding },
            nameof(Conv2DTranspose) => new Conv2DTranspose(filters, KernelSize) { Stride = Strides, Padding = padding },
            _ => throw new InvalidDataException($"The oracle has the layer '{Layer}', which no line here makes; add one."),
        };
    }

    public Shape InputShape(bool isFree) =>
        isFree ? Shape.Map(XShapeNhwc[3], Shape.Any, Shape.Any) : Shape.Map(XShapeNhwc[3], XShapeNhwc[2], XShapeNhwc[1]);

    public Tensor Input() => Decode(X, XShapeNhwc).permute(0, 3, 1, 2).contiguous();

    public Tensor Expected() => Decode(Y, YShapeNhwc).permute(0, 3, 1, 2).contiguous();

    /// <summary>Keras's weights as the layer itself lays them out for Torch.</summary>
    public Tensor[] Weights()
    {
        var specs = Create().Weights([InputShape(isFree: false)]);
        CollectionAssert.AreEqual(KernelShape, specs[0].KerasShape, $"The shape that Keras keeps the kernel of {this} in.");
        Tensor[] values = [Decode(Kernel, KernelShape), Decode(Bias, YShapeNhwc[3])];
        return [.. specs.Zip(values, (spec, value) => spec.FromKeras(value).contiguous())];
    }

    public override string ToString() =>
        $"{Layer} {Padding} kernel {KernelSize} stride {Strides} on {XShapeNhwc[1]}x{XShapeNhwc[2]}";
}
