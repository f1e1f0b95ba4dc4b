using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// Mean and variance of each feature of the training images, by which <see cref="FeatureAutoencoder"/> standardises.
/// </summary>
internal static class FeatureStatistics
{
    /// <summary>Computes the features of every image once, and tells the network their statistics.</summary>
    /// <param name="network">A new feature autoencoder, whose encoder has its weights.</param>
    /// <param name="samples">The training images, at least one.</param>
    public static void Learn(TorchNetwork network, IEnumerable<TrainingSample> samples)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        Layer layer = network.Graph.Nodes.Single(node => node.Layer.Name == FeatureAutoencoder.StandardizationName).Layer;
        var (mean, variance) = (network.WeightsOf(layer)[2], network.WeightsOf(layer)[3]);
        double epsilon = ((BatchNormalization)layer).Epsilon;
        Tensor sum = zeros_like(mean, dtype: float64), squares = zeros_like(sum);
        long places = 0;
        network.eval();
        foreach (TrainingSample sample in samples)
        {
            using var sampleScope = NewDisposeScope();

            // Still divided by the deviation of a variance of 1.
            Tensor features = network.ForwardFrozen(TrainingBatch.Of([sample]).ImageTensor(network.Device))[0].to(float64);
            features = features.Times(Math.Sqrt(1 + epsilon));
            sum.PlusInPlace(features.sum(0, 2, 3));
            squares.PlusInPlace(features.square().sum(0, 2, 3));
            places += features.shape[2] * features.shape[3];
        }
        Tensor average = sum.Over(places);
        mean.copy_(average);
        variance.copy_(squares.Over(places).Plus(average.square(), -1).AtLeast(0));
    }
}
