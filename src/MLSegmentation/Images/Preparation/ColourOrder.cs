namespace MLSegmentation;

/// <summary>The order of a colour image's channels in a network's input.</summary>
public enum ColourOrder
{
    /// <summary>Red, green, blue: torchvision, Hugging Face, Keras without a mode.</summary>
    Rgb,

    /// <summary>Blue, green, red: OpenCV and what was trained with it, such as PaddlePaddle and Caffe.</summary>
    Bgr,
}
