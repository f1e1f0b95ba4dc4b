namespace MLSegmentation.SampleGenerator;

/// <summary>Smooth noise over the plane: a random value at each whole coordinate, blended in between.</summary>
internal sealed class ValueNoise(ulong seed)
{
    /// <summary>Noise in -1 to 1 with details of about 1 unit.</summary>
    public float At(float x, float y)
    {
        float left = MathF.Floor(x), top = MathF.Floor(y);
        float u = Smooth(x - left), v = Smooth(y - top);
        int column = (int)left, row = (int)top;
        float above = Lattice(column, row) * (1 - u) + Lattice(column + 1, row) * u;
        float below = Lattice(column, row + 1) * (1 - u) + Lattice(column + 1, row + 1) * u;
        return above * (1 - v) + below * v;
    }

    /// <summary>A sum of noises, each with details half the size and half the height of the one before; about -1 to 1.</summary>
    public float Fractal(float x, float y, int octaves)
    {
        float sum = 0, height = 0.5f;
        for (int octave = 0; octave < octaves; octave++, height /= 2, x *= 2, y *= 2)
            sum += height * At(x + 37 * octave, y - 17 * octave);
        return sum;
    }

    private float Lattice(int x, int y)
    {
        ulong hash = SplitMix64.Mix(seed ^ SplitMix64.Mix((ulong)(uint)x << 32 | (uint)y));
        return (hash >> 40) * (2f / (1 << 24)) - 1;
    }

    private static float Smooth(float t) => t * t * (3 - 2 * t);
}
