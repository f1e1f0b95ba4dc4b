using MLSegmentation.Training.Onnx;

namespace MLSegmentation.Training;

/// <summary>
/// Makes a segmentation model that somebody else exported what <see cref="SegmentationExporter"/> exports: it describes itself,
/// and runs in any runtime without being told anything. The preparation of pixels becomes its first nodes. It takes <c>image</c>
/// (float32 [N, C, H, W], RGB or gray, 0 to 255). It answers <c>probabilities</c> (float32 [N, classes, H, W]) and <c>mask</c>
/// (uint8 [N, H, W]), both of the image's size. What only other outputs need is left out.
/// </summary>
/// <remarks>
/// One channel becomes two classes, background and foreground: (1 − p, p). It stays a foreground: the threshold of whoever scores
/// means what it meant before. Of classes that are independent of each other,
/// <c>probabilities</c> are the sigmoids, whose sum is anything. Of a label map they are 1 for the label and 0 for the other
/// classes, and the mask is 255 where a label is no class.
/// </remarks>
public static class SegmentationAdopter
{
    /// <summary>Adopts a model file.</summary>
    /// <param name="modelFile">
    /// An <c>.onnx</c> file of operator set 11 or later. Its weights may be in a second file, and become part of the model.
    /// </param>
    /// <param name="options">
    /// What has to be said to score with the model; null for the defaults, which take everything from it. The threshold of one
    /// channel becomes that of <c>mask</c>, and the default of whoever scores with the model. Another threshold, mask size, views
    /// and threads are no part of a model: they are left to whoever scores with it.
    /// </param>
    /// <returns>
    /// The content of an <c>.onnx</c> file, which gives the masks that the model gives with the options. One that was exported or
    /// adopted before differs only in its metadata.
    /// </returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, takes no image, does not segment, or has an older operator set.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another, does not fit the model, or is missing. A model that was adopted before
    /// has another threshold. There are more than 256 classes, or more than 255 of a label map.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// It would be larger than 2 GB, or a synthetic image gets another mask than by the options.
    /// </exception>
    public static byte[] Adopt(string modelFile, SegmentationModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelFile);
        return Adopt(
            OnnxModelSource.OfFile(modelFile), options ?? new SegmentationModelOptions(),
            Path.GetFileNameWithoutExtension(modelFile), CancellationToken.None, out _);
    }

    /// <summary>Adopts a model in memory.</summary>
    /// <param name="model">The content of an <c>.onnx</c> file of operator set 11 or later, with its weights inside.</param>
    /// <param name="options">As in <see cref="Adopt(string, SegmentationModelOptions?)"/>.</param>
    /// <returns>As in <see cref="Adopt(string, SegmentationModelOptions?)"/>.</returns>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model, takes no image, does not segment, or has an older operator set.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, contradicts another, does not fit the model, or is missing. A model that was adopted before
    /// has another threshold. There are more than 256 classes, or more than 255 of a label map.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// It would be larger than 2 GB, or a synthetic image gets another mask than by the options.
    /// </exception>
    public static byte[] Adopt(byte[] model, SegmentationModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Adopt(
            OnnxModelSource.Of(model), options ?? new SegmentationModelOptions(), network: "", CancellationToken.None, out _);
    }

    /// <summary>Adopts a model from wherever it is.</summary>
    /// <param name="source">The model.</param>
    /// <param name="options">What has to be said to score with it.</param>
    /// <param name="network">What its network is called unless it says so itself.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="model">What was found in it, and what it says of itself now.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    internal static byte[] Adopt(
        OnnxModelSource source, SegmentationModelOptions options, string network, CancellationToken cancellation,
        out AdoptedModel model)
    {
        var setup = new SegmentationSetup(source.Info, source.Name, options, wantsConfidence: false);
        model = AdoptionPlan.Of(setup, network, MultipleOf(source, setup, cancellation));
        if (setup.Model.Metadata.Task == ModelTasks.Segmentation)
            return Adoption.Write(source.Read(), source.Name, model.Metadata);
        byte[] adopted = Adoption.Write(source.Read(), source.Name, model, takesSeveral: model.MayTakeSeveral);
        cancellation.ThrowIfCancellationRequested();
        if (model.MayTakeSeveral && !AdoptionCheck.TakesSeveral(adopted, model.Metadata.SizeMultiple))
            adopted = Adoption.Write(source.Read(), source.Name, model, takesSeveral: false);
        AdoptionCheck.RequireSameMask(source, OfModel(options, model.Metadata.ForegroundThreshold), adopted, cancellation);
        return adopted;
    }

    private static int MultipleOf(OnnxModelSource source, SegmentationSetup setup, CancellationToken cancellation)
    {
        if (setup.Sizing.SizeMultiple is int said) return said;
        using OnnxSession session = setup.OpenSession(source, ExecutionDevice.Cpu, nameof(SegmentationAdopter));
        return session.FindSizeMultiple(setup.Output, cancellation);
    }

    // What is left out says how one image is scored, and nothing of the model.
    private static SegmentationModelOptions OfModel(SegmentationModelOptions options, float? threshold) => options with
    {
        Threshold = threshold,
        MaskSize = MaskSize.Image,
        TestTimeAugmentation = null,
        WithConfidence = false,
    };
}
