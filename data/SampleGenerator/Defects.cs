using System.Numerics;

namespace MLSegmentation.SampleGenerator;

/// <summary>
/// Defects, each drawn into the picture and, with the same outline, into the mask; a later one covers an earlier.
/// </summary>
internal static class Defects
{
    public static void Add(Canvas canvas, SplitMix64 random)
    {
        if (random.Chance(0.1)) return;
        for (int stains = random.Chance(0.55) ? random.Whole(1, 2) : 0; stains > 0; stains--) AddStain(canvas, random);
        for (int pits = random.Chance(0.7) ? random.Whole(1, 6) : 0; pits > 0; pits--) AddPit(canvas, random);
        for (int scratches = random.Chance(0.7) ? random.Whole(1, 3) : 0; scratches > 0; scratches--) AddScratch(canvas, random);
    }

    private static void AddStain(Canvas canvas, SplitMix64 random)
    {
        var noise = new ValueNoise(random.Next());
        Vector2 centre = Inside(canvas, random, 10);
        float radius = random.Between(13, 28), flat = random.Between(0.65, 1);
        Vector2 along = Materials.Direction(random), across = new(-along.Y, along.X);
        // Rust, oil or verdigris: what is left of each colour.
        Vector3[] hues = [new(0.86f, 0.66f, 0.5f), new(0.62f, 0.64f, 0.74f), new(0.62f, 0.82f, 0.68f)];
        Vector3 hue = Vector3.Lerp(hues[random.Whole(0, 2)], Vector3.One, random.Between(0, 0.2));

        // Below 0 inside; the noise makes the edge ragged.
        float Outside(Vector2 p)
        {
            var q = new Vector2(Vector2.Dot(p - centre, along), Vector2.Dot(p - centre, across) / flat);
            return q.Length() - radius * (1 + 0.55f * noise.Fractal(p.X / 13, p.Y / 13, 3));
        }

        canvas.Paint((p, colour) =>
        {
            float outside = Outside(p);
            float strength = 1 - Materials.Step(-1.5f, 1.5f, outside);
            float body = 0.75f + 0.25f * noise.At(p.X / 5 + 70, p.Y / 5), rim = Materials.Step(-5, -1, outside) * 0.3f;
            return Vector3.Lerp(colour, colour * hue, strength * (body + rim));
        });
        canvas.Label(SurfaceClass.Stain, p => Outside(p) < 0);
    }

    private static void AddPit(Canvas canvas, SplitMix64 random)
    {
        Vector2 centre = Inside(canvas, random, 5);
        float radius = random.Between(4, 8.5), flat = random.Between(0.7, 1), depth = random.Between(0.45, 0.7);
        Vector2 along = Materials.Direction(random), across = new(-along.Y, along.X);
        // The light comes from the upper left in every picture, so that the rim shines at the lower right.
        Vector2 light = Vector2.Normalize(new Vector2(1, 1.2f));

        float Distance(Vector2 p) =>
            new Vector2(Vector2.Dot(p - centre, along), Vector2.Dot(p - centre, across) / flat).Length() / radius;

        canvas.Paint((p, colour) =>
        {
            float distance = Distance(p);
            float hollow = 1 - Materials.Step(0.45f, 1, distance);
            float ring = Materials.Step(0.55f, 0.85f, distance) * (1 - Materials.Step(0.95f, 1.2f, distance));
            float facing = Vector2.Dot(p - centre, light) / (radius * Math.Max(distance, 0.1f));
            return colour * (1 - depth * hollow) + new Vector3(0.24f * ring * Math.Clamp(facing, -0.4f, 1));
        });
        canvas.Label(SurfaceClass.Pit, p => Distance(p) < 1);
    }

    private static void AddScratch(Canvas canvas, SplitMix64 random)
    {
        Vector2 direction = Materials.Direction(random), start = Inside(canvas, random, 8);
        float length = random.Between(30, 95), bend = random.Between(-0.22, 0.22), breadth = random.Between(1.4, 2.2);
        float gleam = random.Between(0.2, 0.34), edge = random.Between(0.12, 0.22);
        Vector2 middle = start + direction * length / 2 + new Vector2(-direction.Y, direction.X) * length * bend;
        Vector2 end = start + direction * length;
        Vector2[] curve = [.. Enumerable.Range(0, 33).Select(i => Bezier(start, middle, end, i / 32f))];

        canvas.Paint((p, colour) =>
        {
            (float distance, float side) = Nearest(curve, p);
            float line = 1 - Materials.Step(breadth - 0.9f, breadth + 0.4f, distance);
            // One side of the groove lies in the light and the other in the shade.
            return colour + new Vector3(line * (side > -0.3f ? gleam : -edge));
        });
        canvas.Label(SurfaceClass.Scratch, p => Nearest(curve, p).Distance < breadth);
    }

    private static Vector2 Bezier(Vector2 a, Vector2 b, Vector2 c, float t) =>
        Vector2.Lerp(Vector2.Lerp(a, b, t), Vector2.Lerp(b, c, t), t);

    /// <summary>The distance to the curve, and the same with the sign of the side of it.</summary>
    private static (float Distance, float Side) Nearest(Vector2[] curve, Vector2 p)
    {
        float best = float.MaxValue, side = 0;
        for (int i = 1; i < curve.Length; i++)
        {
            Vector2 along = curve[i] - curve[i - 1], to = p - curve[i - 1];
            float t = Math.Clamp(Vector2.Dot(to, along) / along.LengthSquared(), 0, 1);
            float distance = Vector2.Distance(to, along * t);
            if (distance >= best) continue;
            best = distance;
            side = along.X * to.Y - along.Y * to.X < 0 ? -distance : distance;
        }
        return (best, side);
    }

    private static Vector2 Inside(Canvas canvas, SplitMix64 random, float margin) =>
        new(random.Between(margin, canvas.Width - margin), random.Between(margin, canvas.Height - margin));
}
