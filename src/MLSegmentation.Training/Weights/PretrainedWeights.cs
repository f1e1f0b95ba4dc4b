using System.Runtime.InteropServices;
using MLSegmentation.Training.Layers;
using MLSegmentation.Training.Networks;
using static TorchSharp.torch;

namespace MLSegmentation.Training;

/// <summary>
/// The weights of a network trained elsewhere, for an encoder here: Keras's HDF5 files, torchvision's state dicts, safetensors
/// of either, and the ONNX file of CNTK's ResNet-18, told apart by their content. Their layers are found by name, their
/// classifier is left out. Weights are read when they are loaded.
/// </summary>
/// <example>
/// <code>
/// using var weights = PretrainedWeights.Open("vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5");
/// var encoder = new Vgg16Encoder { Preprocessing = weights.Preprocessing, IsTrainable = false };
/// using var network = new TorchNetwork(UNet.Create(encoder, classes: 2));
/// weights.LoadInto(network, encoder);
/// </code>
/// </example>
public sealed class PretrainedWeights : IDisposable
{
    /// <summary>
    /// What stands in place of a name or a file to start an encoder at random, whatever its default weights are.
    /// </summary>
    public const string None = "none";

    private readonly WeightFile _file;
    private readonly WeightConvention _convention;

    private PretrainedWeights(WeightFile file) => (_file, _convention) = (file, WeightConvention.Of(file));

    /// <summary>What the weights expect an image to be; give it to the encoder that they are for.</summary>
    public ImagePreprocessing Preprocessing => _convention.Preprocessing;

    /// <summary>Opens a file and checks that what it promises is there.</summary>
    /// <param name="path">
    /// A file of Keras 1 or 2 (<c>.h5</c>), of <c>torch.save(model.state_dict())</c> (<c>.pth</c>), <c>.safetensors</c>, or the
    /// <c>ResNet18.onnx</c> of CNTK; the name does not matter.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is truncated, damaged or of another kind, or its pickle names more than tensors need. Nothing in it is run.
    /// </exception>
    public static PretrainedWeights Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new PretrainedWeights(WeightFile.Open(path));
    }

    /// <summary>
    /// Loads every weight of an encoder within a network, but for last stages that the network does without. The rest of the
    /// network stays as it is.
    /// </summary>
    /// <param name="network">The network that was made over the encoder.</param>
    /// <param name="encoder">The encoder; its <see cref="Encoder.Preprocessing"/> is this file's.</param>
    /// <exception cref="ArgumentException">
    /// The network is over another encoder, or the encoder preprocesses images in another way.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// Weights are missing, unknown or of another shape; the message lists them all. The network is unchanged.
    /// </exception>
    public void LoadInto(TorchNetwork network, Encoder encoder)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(encoder);
        if (encoder.Preprocessing != Preprocessing)
        {
            throw new ArgumentException(
                $"The weights of '{_file.Path}' expect other images than the encoder {encoder.Name} gives them; make it with "
                + "Preprocessing = weights.Preprocessing.",
                nameof(encoder));
        }
        var (layers, unused) = EncoderLayers.Of(network, encoder);
        Load(network, layers, unused);
    }

    /// <summary>Loads every weight of a network.</summary>
    /// <exception cref="InvalidDataException">
    /// Weights are missing, unknown or of another shape; the message lists them all. The network is unchanged.
    /// </exception>
    public void LoadInto(TorchNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Load(network, [.. network.Graph.WeightedLayers], unused: new HashSet<string>());
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Load(
        TorchNetwork network, IReadOnlyList<(Layer Layer, string Name, IReadOnlyList<WeightSpec> Weights)> layers,
        IReadOnlySet<string> unused)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var wanted = new Dictionary<string, WantedWeight>();
        foreach (var (layer, name, specs) in layers)
        {
            foreach (var (spec, live) in specs.Zip(network.WeightsOf(layer)))
                wanted.Add($"{name}/{_convention.NameOf(spec)}", new WantedWeight($"{name}/{spec.Name}", spec, live));
        }
        var found = Match(network.Graph.Name, wanted, unused);

        // All are read before the first is changed, so that a file which fails midway leaves the network as it was.
        (Tensor Live, Tensor Values)[] loaded =
            [.. found.Select(pair => (wanted[pair.Key].Live, ReadTensor(wanted[pair.Key].Spec, pair.Value)))];
        foreach (var (live, values) in loaded) live.copy_(values);
    }

    private Dictionary<string, StoredWeight> Match(
        string network, Dictionary<string, WantedWeight> wanted, IReadOnlySet<string> unused)
    {
        var found = new Dictionary<string, StoredWeight>();
        List<string> unknown = [], misshaped = [];
        foreach (StoredWeight weight in _file.Weights)
        {
            string key = _convention.NameInNetwork(weight.Name);
            if (!wanted.TryGetValue(key, out WantedWeight? want))
            {
                bool isUnused = unused.Contains(key[..Math.Max(0, key.LastIndexOf('/'))]);
                if (!isUnused && !_convention.IsLeftOut(weight.Name))
                    unknown.Add($"{weight.Name} ({WeightShape.Print(weight.Shape)})");
                continue;
            }
            long[] expected = _convention.ShapeInFile(want.Spec);
            if (!weight.Shape.SequenceEqual(expected))
                misshaped.Add($"{weight.Name} ({WeightShape.Print(weight.Shape)}, expected {WeightShape.Print(expected)})");
            else if (weight.Format == NumberFormat.Other)
                misshaped.Add($"{weight.Name} (no numbers of 32 or 16 bits with a fraction)");
            if (!found.TryAdd(key, weight)) unknown.Add($"{weight.Name} (a second {want.Name})");
        }
        var missing =
            from key in wanted.Keys.Except(found.Keys)
            select $"{wanted[key].Name} ({WeightShape.Print(_convention.ShapeInFile(wanted[key].Spec))})";

        string[] problems =
            [.. Problem("missing", [.. missing]), .. Problem("unknown", unknown), .. Problem("of another shape", misshaped)];
        if (problems.Length == 0) return found;
        throw new InvalidDataException(
            $"The weight file '{_file.Path}' is not of the layers of '{network}' that it is loaded into: "
            + $"{string.Join("; ", problems)}. Give the file of this network.");
    }

    private static IEnumerable<string> Problem(string title, List<string> weights) =>
        weights.Count == 0 ? [] : [$"{weights.Count} {title}: {string.Join(", ", weights)}"];

    private Tensor ReadTensor(WeightSpec spec, StoredWeight weight)
    {
        Tensor values = empty(weight.Shape);
        _file.Read(weight, MemoryMarshal.Cast<byte, float>(values.bytes));
        return _convention.ToTorch(spec, values);
    }

    private sealed record WantedWeight(string Name, WeightSpec Spec, Tensor Live);
}
