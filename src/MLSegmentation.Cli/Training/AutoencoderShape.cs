using Microsoft.ML.Data;
using MLSegmentation.Training.Networks;

namespace MLSegmentation.Cli;

/// <summary>The size and channels that an autoencoder is made with.</summary>
internal readonly record struct AutoencoderShape(int Width, int Height, int Channels)
{
    private const int LongestSide = 64, LongestSideOfEncoders = 256;
    private const int Looked = 8;

    /// <summary>
    /// Chosen by the first image: its size, at most 64 a side, in multiples of 4; gray where the first images are. For the
    /// encoder of a segmentation network at most 256 a side, in multiples of what it takes, and always in colour.
    /// </summary>
    /// <exception cref="IOException">The path cannot be read.</exception>
    /// <exception cref="InvalidDataException">It holds no images.</exception>
    public static AutoencoderShape Of(string path, SampleRange? range, Encoder? encoder)
    {
        if (PlainImages.IsIdx(path))
        {
            IdxImageFile file = IdxImageReader.Open(path);
            return Fit(file.Width, file.Height, 1, encoder);
        }
        IReadOnlyList<string> files = ImageFiles.Find(path);
        using MLImage first = ImageDecoder.Decode(files[0], range);
        return Fit(first.Width, first.Height, files.Take(Looked).All(file => IsGray(file, range)) ? 1 : 3, encoder);
    }

    private static AutoencoderShape Fit(int width, int height, int channels, Encoder? encoder)
    {
        var (longest, multiple) = encoder is null
            ? (LongestSide, ConvolutionalAutoencoder.SizeMultiple)
            : (LongestSideOfEncoders, EncoderAutoencoder.Create(encoder).SizeMultiple);
        double scale = Math.Min((double)longest / Math.Max(width, height), 1);
        int Round(int size) => Math.Max((int)Math.Round(size * scale / multiple), 1) * multiple;
        return new AutoencoderShape(Round(width), Round(height), encoder is null ? channels : 3);
    }

    private static bool IsGray(string file, SampleRange? range)
    {
        using MLImage image = ImageDecoder.Decode(file, range);
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            if (pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2]) return false;
        }
        return true;
    }
}
