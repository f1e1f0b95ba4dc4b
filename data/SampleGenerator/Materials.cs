using System.Numerics;

namespace MLSegmentation.SampleGenerator;

/// <summary>
/// Sound surfaces. Each brings something that looks a little like a defect and is none: streaks and joints like scratches,
/// specks like pits, clouds and shadows like stains.
/// </summary>
internal static class Materials
{
    public static void PaintRandom(Canvas canvas, SplitMix64 random)
    {
        switch (random.Whole(0, 2))
        {
            case 0: PaintBrushedMetal(canvas, random); break;
            case 1: PaintConcrete(canvas, random); break;
            default: PaintTiles(canvas, random); break;
        }
    }

    /// <summary>Broad light and shadow over everything drawn so far, then the camera's noise.</summary>
    public static void Light(Canvas canvas, SplitMix64 random)
    {
        Vector2 slope = Direction(random) * random.Between(0.0005, 0.0032);
        Vector2 centre = new(canvas.Width / 2f, canvas.Height / 2f);
        Vector2 lamp = new(random.Between(0, canvas.Width), random.Between(0, canvas.Height));
        float lampSize = random.Between(35, 70), lampGain = random.Between(-0.14, 0.16);
        Vector2 shadowDirection = Direction(random);
        float shadowEdge = random.Between(-50, 50), shadowGain = random.Chance(0.5) ? random.Between(0.1, 0.28) : 0;
        float noise = random.Between(0.008, 0.022);
        canvas.Paint((p, colour) =>
        {
            float gain = 1 + Vector2.Dot(p - centre, slope);
            gain += lampGain / (1 + Vector2.DistanceSquared(p, lamp) / (lampSize * lampSize));
            gain -= shadowGain * Step(-8, 8, Vector2.Dot(p - centre, shadowDirection) - shadowEdge);
            return colour * gain + new Vector3(noise * random.Normal());
        });
    }

    /// <summary>A step from 0 to 1 with a smooth ramp between two places.</summary>
    public static float Step(float low, float high, float value)
    {
        float t = Math.Clamp((value - low) / (high - low), 0, 1);
        return t * t * (3 - 2 * t);
    }

    public static Vector2 Direction(SplitMix64 random)
    {
        float angle = random.Between(0, 2 * Math.PI);
        return new Vector2(MathF.Cos(angle), MathF.Sin(angle));
    }

    private static void PaintBrushedMetal(Canvas canvas, SplitMix64 random)
    {
        var noise = new ValueNoise(random.Next());
        Vector3 metal = new Vector3(0.96f, 0.99f, 1.03f) * random.Between(0.42, 0.68);
        Vector2 along = Direction(random), across = new(-along.Y, along.X);
        float strength = random.Between(0.05, 0.11);
        canvas.Paint((p, _) =>
        {
            float u = Vector2.Dot(p, along), v = Vector2.Dot(p, across);
            float streaks = noise.At(u / 45, v / 1.4f) + 0.7f * noise.At(u / 90 + 500, v / 4) + 0.4f * noise.At(u / 12, v + 900);
            return metal + new Vector3(strength * streaks);
        });
    }

    private static void PaintConcrete(Canvas canvas, SplitMix64 random)
    {
        var noise = new ValueNoise(random.Next());
        Vector3 concrete = new Vector3(1.03f, 1.0f, 0.95f) * random.Between(0.45, 0.66);
        float strength = random.Between(0.14, 0.24), specks = random.Between(0.6, 0.75);
        canvas.Paint((p, _) =>
        {
            float clouds = noise.Fractal(p.X / 30, p.Y / 30, 5);
            float speck = Step(specks, specks + 0.2f, noise.At(p.X / 2.2f + 300, p.Y / 2.2f));
            return concrete + new Vector3(strength * clouds - 0.17f * speck);
        });
    }

    private static void PaintTiles(Canvas canvas, SplitMix64 random)
    {
        var noise = new ValueNoise(random.Next());
        Vector3 glaze = new(random.Between(0.5, 0.75), random.Between(0.55, 0.72), random.Between(0.52, 0.75));
        Vector3 grout = new Vector3(0.95f, 0.93f, 0.9f) * random.Between(0.3, 0.9);
        float size = random.Between(38, 62), joint = random.Between(1.2, 2.2), strength = random.Between(0.05, 0.1);
        Vector2 shift = new(random.Between(0, size), random.Between(0, size)), along = Direction(random),
            across = new(-along.Y, along.X);
        canvas.Paint((p, _) =>
        {
            float u = (Vector2.Dot(p, along) + shift.X) / size, v = (Vector2.Dot(p, across) + shift.Y) / size;
            float edge = size * Math.Min(MathF.Abs(u - MathF.Round(u)), MathF.Abs(v - MathF.Round(v)));
            float tone = 0.06f * noise.At(MathF.Floor(u + 0.5f) * 7, MathF.Floor(v + 0.5f) * 7);
            Vector3 tile = glaze + new Vector3(tone + strength * noise.Fractal(p.X / 14, p.Y / 14, 3));
            return Vector3.Lerp(grout + new Vector3(0.06f * noise.At(p.X, p.Y)), tile, Step(joint - 0.7f, joint + 0.7f, edge));
        });
    }
}
