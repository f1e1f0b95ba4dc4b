using System.Security.Cryptography;

namespace MLSegmentation.Training;

/// <summary>
/// The SHA-256 of all that comes before it in a safetensors file, kept as the file's last array: readers of the format find an
/// array more, and this project finds every flipped bit.
/// </summary>
internal static class SafetensorsDigest
{
    /// <summary>The array's name.</summary>
    public const string Name = "sha256";

    /// <summary>The array's bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>Throws where the file is not as it was written.</summary>
    /// <param name="file">A whole file that has a digest.</param>
    /// <exception cref="InvalidDataException">The content has another digest.</exception>
    public static void Require(Stream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        file.Position = 0;
        for (long left = file.Length - Length; left > 0;)
        {
            int read = file.ReadAtLeast(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)), minimumBytes: 1);
            hash.AppendData(buffer, 0, read);
            left -= read;
        }
        Span<byte> digest = stackalloc byte[Length];
        file.ReadExactly(digest);
        if (!digest.SequenceEqual(hash.GetHashAndReset()))
            throw new InvalidDataException("its content is not what was written, by its SHA-256");
    }
}
