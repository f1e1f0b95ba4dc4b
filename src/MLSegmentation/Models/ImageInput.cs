namespace MLSegmentation;

/// <summary>
/// Runs a model on one image after the other, each brought to the model's size as a whole. What it holds of an image is reused.
/// </summary>
internal sealed class ImageInput(OnnxSession session, ModelInput input, SampleRange? range)
{
    /// <summary>The last image as [C,H,W]; what follows is an earlier one's.</summary>
    public float[] Tensor { get; private set; } = [];

    /// <summary>How the last image was brought to the tensor.</summary>
    public ImageGeometry Geometry { get; private set; } = null!;

    /// <summary>Runs the model.</summary>
    /// <param name="source">The image; a file is decoded at no larger a size than the model makes use of.</param>
    /// <param name="outputs">The names of the outputs to compute; the first is that of the image's size, if any is.</param>
    public OnnxResults Run(ImageSource source, params IReadOnlyList<string> outputs)
    {
        int multiple = input.Sizing.MultipleFor(session, outputs[0]);
        using (OpenedImage opened = source.Open(range))
        {
            Geometry = input.Sizing.GeometryFor(opened.Width, opened.Height, multiple);
            using DecodedImage image = opened.Decode(ImagePlan.LeastSizeFor(opened.Width, opened.Height, Geometry), madeBytes: 0);
            int length = checked(input.Scaling.Channels * Geometry.TensorHeight * Geometry.TensorWidth);
            if (Tensor.Length < length) Tensor = new float[length];
            ImageTensor.Fill(image, Geometry, input.Scaling, Tensor.AsSpan(0, length));
        }
        return session.Run(Tensor, 1, Geometry.TensorHeight, Geometry.TensorWidth, outputs);
    }
}
