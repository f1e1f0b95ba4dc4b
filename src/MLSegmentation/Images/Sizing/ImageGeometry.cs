namespace MLSegmentation;

/// <summary>
/// How one image is brought to a network and the answer back: the part of the image that is seen, all of it unless the sizing is
/// <see cref="ImageSizing.Crop"/>, is resized to the scaled size, which lies at the top left of the tensor and is padded to the
/// right and below. Back: the tensor is cropped to the scaled size, then resized to the part's. All sizes are pixels. Make one
/// with <see cref="For"/>.
/// </summary>
internal sealed record ImageGeometry
{
    private ImageGeometry()
    {
    }

    /// <summary>The image's width.</summary>
    public int ImageWidth { get; private init; }

    /// <summary>The image's height.</summary>
    public int ImageHeight { get; private init; }

    /// <summary>The columns to the left of the part that is seen; 0 where that is the whole image.</summary>
    public int PartLeft { get; private init; }

    /// <summary>The rows above the part that is seen; 0 where that is the whole image.</summary>
    public int PartTop { get; private init; }

    /// <summary>The width of the part of the image that is seen.</summary>
    public int PartWidth { get; private init; }

    /// <summary>The height of the part of the image that is seen.</summary>
    public int PartHeight { get; private init; }

    /// <summary>The width that the part is resized to.</summary>
    public int ScaledWidth { get; private init; }

    /// <summary>The height that the part is resized to.</summary>
    public int ScaledHeight { get; private init; }

    /// <summary>The width of the network's input, at least <see cref="ScaledWidth"/>.</summary>
    public int TensorWidth { get; private init; }

    /// <summary>The height of the network's input, at least <see cref="ScaledHeight"/>.</summary>
    public int TensorHeight { get; private init; }

    /// <summary>Whether the scaled size differs from the part's.</summary>
    public bool IsResized => ScaledWidth != PartWidth || ScaledHeight != PartHeight;

    /// <summary>Whether the part is smaller than the scaled size along an axis.</summary>
    public bool Shrinks => PartWidth < ScaledWidth || PartHeight < ScaledHeight;

    /// <summary>Whether the tensor is larger than the scaled image.</summary>
    public bool IsPadded => TensorWidth != ScaledWidth || TensorHeight != ScaledHeight;

    /// <summary>Whether a part of the image is not seen.</summary>
    public bool HidesSome => PartWidth != ImageWidth || PartHeight != ImageHeight;

    /// <summary>
    /// Works the sizes out. For a 500×375 image, <see cref="ImageSizing.Letterbox"/> and a network of free size trained at
    /// 256×256 with the multiple 16, the scaled size is 256×192 and so is the tensor's; a network of fixed 256×256 takes 256×256.
    /// </summary>
    /// <param name="imageWidth">The image's width, at least 1.</param>
    /// <param name="imageHeight">The image's height, at least 1.</param>
    /// <param name="sizing">How the image is sized.</param>
    /// <param name="networkWidth">The only width that the network takes; 0 where it takes any.</param>
    /// <param name="networkHeight">The only height that the network takes; 0 where it takes any.</param>
    /// <param name="sizeMultiple">A free width or height must be a multiple of this. Default 1.</param>
    /// <param name="targetWidth">
    /// For a free width, the width to stretch to or fit into (usually the one the network was trained at); 0, the default, where
    /// unknown. Unused with <see cref="ImageSizing.Native"/> and where the network's width is fixed.
    /// </param>
    /// <param name="targetHeight">For a free height, the height to stretch to or fit into; 0, the default, where unknown.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than its least value, or the sizing is unknown.</exception>
    /// <exception cref="ArgumentException">
    /// The image is larger than a network of fixed size and sizing is native, the size to stretch to or fit into is unknown, or
    /// the tensor would have more than 400 million pixels.
    /// </exception>
    public static ImageGeometry For(
        int imageWidth, int imageHeight, ImageSizing sizing, int networkWidth, int networkHeight, int sizeMultiple = 1,
        int targetWidth = 0, int targetHeight = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(imageWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(imageHeight, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(networkWidth);
        ArgumentOutOfRangeException.ThrowIfNegative(networkHeight);
        ArgumentOutOfRangeException.ThrowIfLessThan(sizeMultiple, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(targetWidth);
        ArgumentOutOfRangeException.ThrowIfNegative(targetHeight);

        // Errors name no parameter from here on: whoever called a public method has none of these.
        int fitWidth = networkWidth > 0 ? networkWidth : targetWidth;
        int fitHeight = networkHeight > 0 ? networkHeight : targetHeight;
        if (sizing != ImageSizing.Native && (fitWidth == 0 || fitHeight == 0))
        {
            throw new ArgumentException(
                $"The sizing is {sizing}, but the network takes any size and the size to bring the image to is unknown. "
                + $"Give a width and height in the options, or use the sizing {ImageSizing.Native}.");
        }

        (int scaledWidth, int scaledHeight) = sizing switch
        {
            ImageSizing.Native => (imageWidth, imageHeight),
            ImageSizing.Stretch => (fitWidth, fitHeight),
            ImageSizing.Letterbox => Fit(imageWidth, imageHeight, fitWidth, fitHeight),
            ImageSizing.Crop => (fitWidth, fitHeight),
            ImageSizing.Tiled => throw new ArgumentException(
                "Tiles have a geometry each: theirs is that of images of a tile's size.", nameof(sizing)),
            _ => throw new ArgumentOutOfRangeException(nameof(sizing), sizing, "The sizing is unknown."),
        };
        if ((networkWidth > 0 && scaledWidth > networkWidth) || (networkHeight > 0 && scaledHeight > networkHeight))
        {
            throw new ArgumentException(
                $"The image is {imageWidth}×{imageHeight} pixels, but the network takes at "
                + $"most {Size(networkWidth)}×{Size(networkHeight)} and the sizing is {sizing}. Use the "
                + $"sizing {ImageSizing.Letterbox} or {ImageSizing.Stretch}, or a network of free size.");
        }
        long tensorWidth = networkWidth > 0 ? networkWidth : RoundUp(scaledWidth, sizeMultiple);
        long tensorHeight = networkHeight > 0 ? networkHeight : RoundUp(scaledHeight, sizeMultiple);
        if (tensorWidth * tensorHeight > ImageLimit.Pixels)
        {
            throw new ArgumentException(
                $"The image of {imageWidth}×{imageHeight} pixels would be brought "
                + $"to {tensorWidth}×{tensorHeight} for the network (sizing {sizing}, multiple {sizeMultiple}), expected at "
                + $"most {ImageLimit.Pixels / 1_000_000} million pixels. Use a smaller size.");
        }

        // The part of the box's aspect ratio is the box fitted into the image.
        (int partWidth, int partHeight) = sizing == ImageSizing.Crop
            ? Fit(fitWidth, fitHeight, imageWidth, imageHeight)
            : (imageWidth, imageHeight);
        return new ImageGeometry
        {
            ImageWidth = imageWidth,
            ImageHeight = imageHeight,
            PartLeft = (imageWidth - partWidth) / 2,
            PartTop = (imageHeight - partHeight) / 2,
            PartWidth = partWidth,
            PartHeight = partHeight,
            ScaledWidth = scaledWidth,
            ScaledHeight = scaledHeight,
            TensorWidth = (int)tensorWidth,
            TensorHeight = (int)tensorHeight,
        };
    }

    /// <summary>The geometry where the answer is wanted as the network sees the image: in the scaled size.</summary>
    internal ImageGeometry AsSeen() => Towards(this);

    /// <summary>The geometry where the answer is wanted in the scaled size of another geometry of the image.</summary>
    internal ImageGeometry Towards(ImageGeometry other) => this with
    {
        ImageWidth = other.ScaledWidth,
        ImageHeight = other.ScaledHeight,
        PartLeft = 0,
        PartTop = 0,
        PartWidth = other.ScaledWidth,
        PartHeight = other.ScaledHeight,
    };

    /// <summary>The geometry of an answer that has been cropped to the scaled size.</summary>
    internal ImageGeometry WithoutPadding() => this with { TensorWidth = ScaledWidth, TensorHeight = ScaledHeight };

    /// <summary>The geometry of the image decoded at another size, such as an eighth of its own.</summary>
    internal ImageGeometry ForDecoded(int width, int height)
    {
        int Scaled(int value, int from, int to) => (int)((long)value * to / from);
        int left = Scaled(PartLeft, ImageWidth, width), top = Scaled(PartTop, ImageHeight, height);
        return this with
        {
            ImageWidth = width,
            ImageHeight = height,
            PartLeft = left,
            PartTop = top,
            PartWidth = Math.Min(Math.Max(Scaled(PartWidth, ImageWidth, width), 1), width - left),
            PartHeight = Math.Min(Math.Max(Scaled(PartHeight, ImageHeight, height), 1), height - top),
        };
    }

    /// <summary>The largest size of the image's aspect ratio that fits: one side is the box's, the other is rounded.</summary>
    private static (int Width, int Height) Fit(int width, int height, int boxWidth, int boxHeight)
    {
        // Compared as whole numbers, so that an image of exactly the box's aspect ratio fills it.
        bool widthLimits = (long)width * boxHeight >= (long)height * boxWidth;
        return widthLimits
            ? (boxWidth,
                Math.Clamp((int)Math.Round((double)height * boxWidth / width, MidpointRounding.AwayFromZero), 1, boxHeight))
            : (Math.Clamp((int)Math.Round((double)width * boxHeight / height, MidpointRounding.AwayFromZero), 1, boxWidth),
                boxHeight);
    }

    private static long RoundUp(long value, int multiple) => (value + multiple - 1) / multiple * multiple;

    private static string Size(int size) => size == 0 ? "any" : size.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
