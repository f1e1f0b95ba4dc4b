using System.Text.Json;
using MLSegmentation.Tests;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLSegmentation.Training.Tests;

[TestClass]
public sealed class AutoencoderOracleTest
{
    [TestMethod]
    public void Train_FromKerasWeights_LosesAsKerasDoes()
    {
        using var scope = NewDisposeScope();
        using var file = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("oracles", "keras_cae_training.json")));
        using var network = new TorchNetwork(ConvolutionalAutoencoder.Create());
        Load(network, file.RootElement.GetProperty("initial_weights"));
        Tensor images = KerasLayerCase.Decode(file.RootElement.GetProperty("x").GetString()!, 32, 1, 28, 28);
        using var adam = optim.Adam(network.parameters(), 1e-3, eps: 1e-7);

        double[] expected = [.. file.RootElement.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())];
        Assert.HasCount(15, expected);
        foreach (double loss in expected)
        {
            adam.zero_grad();
            Tensor actual = F.mse_loss(network.call(images * 255)[0], images);
            actual.backward();
            adam.step();
            Assert.AreEqual(loss, actual.item<float>(), 1e-4 * loss);
        }
    }

    private static void Load(TorchNetwork network, JsonElement weights)
    {
        using var noGradients = no_grad();
        Tensor[] live = [.. network.Graph.WeightedLayers.SelectMany(layer => network.WeightsOf(layer.Layer))];
        Assert.AreEqual(live.Length, weights.GetArrayLength());
        foreach (var (weight, keras) in live.Zip(weights.EnumerateArray()))
        {
            Tensor values = KerasLayerCase.Decode(
                keras.GetProperty("data").GetString()!, keras.GetProperty("shape").Deserialize<long[]>()!);
            weight.copy_(values.dim() == 4 ? values.permute(3, 2, 0, 1) : values);
        }
    }
}
