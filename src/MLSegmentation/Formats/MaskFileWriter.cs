namespace MLSegmentation;

/// <summary>
/// Writes what masks hold into one file, image by image: only one image's masks are in memory. The file is written beside its
/// place and renamed by <see cref="Complete"/>; disposed of before, nothing is left of it and what was there stays. Not for
/// several threads at once.
/// </summary>
/// <example>
/// <code>
/// using var writer = new CocoWriter("masks.json", classNames);
/// writer.Add("photo.jpg", mask, width, height);
/// writer.Complete();
/// </code>
/// </example>
public abstract class MaskFileWriter : IDisposable
{
    private readonly PartialFile _file;
    private readonly uint _background;
    private bool _isOpen = true;

    private protected MaskFileWriter(string path, IReadOnlyList<string> classNames, int? background)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(classNames);
        ClassNames = [.. classNames];
        if (background < 0 || background >= ClassNames.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(background), background,
                $"Expected a background of 0 to {ClassNames.Count - 1} for the "
                + $"classes {ClassText.Join(ClassNames)}, or null for none.");
        }
        _background = background is { } index ? (uint)index + 1 : 0;
        _file = new PartialFile(path);
    }

    /// <summary>The name of each class.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    private protected Stream Stream => _file.Stream;

    /// <summary>Writes one image's mask.</summary>
    /// <param name="image">The name of the image, such as its file's.</param>
    /// <param name="mask">One key a pixel, row by row: 0 is no class, <c>k + 1</c> is class <c>k</c>.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// The mask does not have the length of the width and height, or has a key of no class; nothing was written.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The file is complete, was disposed of, or could not be written before.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(string image, ReadOnlySpan<uint> mask, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        CheckOpen();
        MaskLength.Check(mask.Length, width, height);
        int wrong = mask.IndexOfAnyExceptInRange(0u, (uint)ClassNames.Count);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"The mask of '{image}' has the key {mask[wrong]}, expected 0 to {ClassNames.Count} for the "
                + $"classes {ClassText.Join(ClassNames)}.",
                nameof(mask));
        }

        // Where writing fails, half an image may be in the file: it can no longer be completed.
        _isOpen = false;
        Write(image, _background == 0 ? mask : WithoutBackground(mask), width, height);
        _isOpen = true;
    }

    /// <summary>Ends the file and gives it its name, replacing what was there.</summary>
    /// <exception cref="InvalidOperationException">As for <see cref="Add"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Complete()
    {
        CheckOpen();
        WriteEnd();
        _file.Complete();
        Dispose();
    }

    /// <summary>Closes the file; where it is not complete, it is deleted.</summary>
    public void Dispose()
    {
        _isOpen = false;
        Close();
    }

    /// <summary>Closes the file and what the writer uses beside it.</summary>
    private protected virtual void Close() => _file.Dispose();

    /// <summary>Writes the mask of an image, in which the background has key 0.</summary>
    private protected abstract void Write(string image, ReadOnlySpan<uint> mask, int width, int height);

    /// <summary>Writes what comes after the last image.</summary>
    private protected virtual void WriteEnd()
    {
    }

    private uint[] WithoutBackground(ReadOnlySpan<uint> mask)
    {
        var kept = new uint[mask.Length];
        mask.Replace(kept, _background, 0u);
        return kept;
    }

    private void CheckOpen()
    {
        if (!_isOpen)
        {
            throw new InvalidOperationException(
                "Nothing can be added: the file is complete, was disposed of, or could not be written. Make another writer.");
        }
    }
}
