using System.Globalization;

namespace MLSegmentation.Training.Layers;

/// <summary>
/// The shape of one value in a <see cref="LayerGraph"/>, without the batch: a feature map of channels, height and width, or a
/// vector of features. Height and width are -1 where any size is taken. Printed as Keras prints it, channels last:
/// <c>(None, 14, 14, 32)</c>.
/// </summary>
public readonly record struct Shape
{
    /// <summary>The value of a height or width that is free.</summary>
    public const long Any = -1;

    private Shape(long channels, long height, long width, bool isVector) =>
        (Channels, Height, Width, IsVector) = (channels, height, width, isVector);

    /// <summary>Channels of a feature map, or the features of a vector.</summary>
    public long Channels { get; }

    /// <summary>Rows; -1 where free, 1 for a vector.</summary>
    public long Height { get; }

    /// <summary>Columns; -1 where free, 1 for a vector.</summary>
    public long Width { get; }

    /// <summary>True for a vector, false for a feature map.</summary>
    public bool IsVector { get; }

    /// <summary>True where height or width is free.</summary>
    public bool IsFree => Height == Any || Width == Any;

    /// <summary>Values in one sample. 7×7×64 has 3,136.</summary>
    /// <exception cref="InvalidOperationException">Height or width is free.</exception>
    public long Count => IsFree
        ? throw new InvalidOperationException($"{this} has no count: its height and width are free.")
        : Channels * Height * Width;

    /// <summary>A feature map.</summary>
    /// <param name="channels">At least 1.</param>
    /// <param name="width">Columns, at least 1; <see cref="Any"/> for any number.</param>
    /// <param name="height">Rows, at least 1; <see cref="Any"/> for any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less.</exception>
    public static Shape Map(long channels, long width, long height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        Check(width, nameof(width));
        Check(height, nameof(height));
        return new Shape(channels, height, width, isVector: false);

        static void Check(long side, string name)
        {
            if (side < 1 && side != Any)
                throw new ArgumentOutOfRangeException(name, side, "Give a positive number, or -1 for any size.");
        }
    }

    /// <summary>A vector of features.</summary>
    public static Shape Vector(long features)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        return new Shape(features, 1, 1, isVector: true);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        static string Size(long size) => size == Any ? "None" : size.ToString(CultureInfo.InvariantCulture);
        return IsVector ? $"(None, {Size(Channels)})" : $"(None, {Size(Height)}, {Size(Width)}, {Size(Channels)})";
    }
}
