namespace Kernels;

/// <summary>Random pixels and scores; the kernels take as long for them as for any others.</summary>
internal static class SamplePixels
{
    public static byte[] Bgra(int width, int height)
    {
        var pixels = new byte[width * height * 4];
        new Random(1).NextBytes(pixels);
        return pixels;
    }

    public static float[] Plane(int width, int height)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, width * height).Select(_ => random.NextSingle())];
    }
}
