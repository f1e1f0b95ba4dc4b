using System.Numerics;

namespace MLSegmentation.SampleGenerator;

/// <summary>A picture in the making: colours from 0 (black) to 1, and the class of every pixel.</summary>
internal sealed class Canvas(int width, int height)
{
    private readonly Vector3[] _colours = new Vector3[width * height];

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>One class number a pixel, row by row.</summary>
    public byte[] Mask { get; } = new byte[width * height];

    /// <summary>Changes every colour by a function of the pixel's centre and its colour so far.</summary>
    public void Paint(Func<Vector2, Vector3, Vector3> change)
    {
        for (int y = 0, i = 0; y < Height; y++)
            for (int x = 0; x < Width; x++, i++) _colours[i] = change(new Vector2(x + 0.5f, y + 0.5f), _colours[i]);
    }

    /// <summary>Gives a class to each pixel whose centre is inside.</summary>
    public void Label(SurfaceClass surfaceClass, Func<Vector2, bool> isInside)
    {
        for (int y = 0, i = 0; y < Height; y++)
            for (int x = 0; x < Width; x++, i++)
                if (isInside(new Vector2(x + 0.5f, y + 0.5f))) Mask[i] = (byte)surfaceClass;
    }

    /// <summary>The colours as red, green, blue and alpha bytes, row by row.</summary>
    public byte[] ToRgba()
    {
        byte[] bytes = new byte[4 * _colours.Length];
        for (int i = 0; i < _colours.Length; i++)
        {
            Vector3 colour = Vector3.Clamp(_colours[i], Vector3.Zero, Vector3.One) * 255;
            bytes[4 * i] = (byte)MathF.Round(colour.X);
            bytes[4 * i + 1] = (byte)MathF.Round(colour.Y);
            bytes[4 * i + 2] = (byte)MathF.Round(colour.Z);
            bytes[4 * i + 3] = byte.MaxValue;
        }
        return bytes;
    }
}
