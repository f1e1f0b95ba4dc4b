using System.Buffers.Binary;

namespace MLSegmentation.Images;

/// <summary>The frame header of a JPEG file (ITU-T T.81, section B.2.2): its size, and how coarsely each component is sampled.</summary>
internal sealed class JpegFrame
{
    private const int BlockSide = 8;
    private const int Header = 6;
    private const int ComponentBytes = 3;

    // Each unit of a Huffman-coded scan takes at least a bit; the largest one, of 4×4 blocks, has 1024 pixels.
    private const long MostPixelsPerByte = 8 * 1024;

    private readonly byte[] _components;

    private JpegFrame(ReadOnlySpan<byte> content)
    {
        Height = BinaryPrimitives.ReadUInt16BigEndian(content[1..]);
        Width = BinaryPrimitives.ReadUInt16BigEndian(content[3..]);
        _components = content[Header..].ToArray();
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The frame; null where it has a form that the decoder will refuse.</summary>
    public static JpegFrame? TryRead(ReadOnlySpan<byte> content)
    {
        if (content.Length <= Header || content.Length != Header + (content[Header - 1] * ComponentBytes)) return null;
        var frame = new JpegFrame(content);
        for (int i = 0; i < frame._components.Length; i += ComponentBytes)
        {
            if (frame.Sampling(i) is not ( >= 1 and <= 4, >= 1 and <= 4)) return null;
        }
        return frame;
    }

    /// <summary>Whether a file of that many bytes can hold the pixels: few bytes must not claim much memory.</summary>
    public bool FitsInto(long bytes) => (long)Width * Height <= bytes * MostPixelsPerByte;

    /// <summary>
    /// How many restart markers a scan has: one between each interval of units and the next. A unit is one block where the scan has one
    /// component, else the blocks of all components that cover the same pixels (section A.2). A frame of 40×24 with one component has
    /// 5·3 blocks, so 3 markers at an interval of 4.
    /// </summary>
    /// <param name="scan">The content of the scan's header.</param>
    /// <param name="interval">The units between two markers, at least 1.</param>
    public int Restarts(ReadOnlySpan<byte> scan, int interval)
    {
        (int Across, int Down) largest = (1, 1);
        (int Across, int Down)? only = null;
        for (int i = 0; i < _components.Length; i += ComponentBytes)
        {
            (int across, int down) = Sampling(i);
            largest = (Math.Max(largest.Across, across), Math.Max(largest.Down, down));
            if (scan.Length > 1 && scan[0] == 1 && scan[1] == _components[i]) only = (across, down);
        }
        long units = only is ({ } x, { } y)
            ? (long)Parts(Parts(Width * x, largest.Across), BlockSide) * Parts(Parts(Height * y, largest.Down), BlockSide)
            : (long)Parts(Width, BlockSide * largest.Across) * Parts(Height, BlockSide * largest.Down);
        return (int)((units - 1) / interval);
    }

    /// <summary>Blocks of a unit across and down, for the component that starts there.</summary>
    private (int Across, int Down) Sampling(int component) => (_components[component + 1] >> 4, _components[component + 1] & 15);

    private static int Parts(int size, int part) => (size + part - 1) / part;
}
