using System.Buffers.Binary;

namespace MLSegmentation;

/// <summary>
/// The frame header of a JPEG file (ITU-T T.81, section B.2.2): its size, and how coarsely each component is sampled.
/// </summary>
internal sealed class JpegFrame
{
    private const byte Baseline = 0xC0;
    private const byte Extended = 0xC1;
    private const byte Progressive = 0xC2;
    private const int BlockSide = 8;
    private const int Header = 6;
    private const int ComponentBytes = 3;

    // Each unit of a Huffman-coded scan takes at least a bit; the largest one, of 4×4 blocks, has 1024 pixels.
    private const long MostPixelsPerByte = 8 * 1024;

    private readonly byte _marker;
    private readonly byte _bits;
    private readonly byte[] _components;

    private JpegFrame(byte marker, ReadOnlySpan<byte> content)
    {
        (_marker, _bits) = (marker, content[0]);
        Height = BinaryPrimitives.ReadUInt16BigEndian(content[1..]);
        Width = BinaryPrimitives.ReadUInt16BigEndian(content[3..]);
        _components = content[Header..].ToArray();
    }

    public int Width { get; }

    public int Height { get; }

    public int Components => _components.Length / ComponentBytes;

    public bool IsProgressive => _marker == Progressive;

    /// <summary>Whether the decoder reads frames of this kind.</summary>
    public bool IsRead => _marker is Baseline or Extended or Progressive && _bits == 8 && Components is 1 or 3 or 4;

    /// <summary>What the frame is, for errors.</summary>
    public string Kind => $"of {_bits} bits and {Components} components (frame 0xFF{_marker:X2})";

    /// <summary>Bytes of all coefficients, two each.</summary>
    public long CoefficientBytes
    {
        get
        {
            (int Across, int Down) largest = LargestSampling();
            long samples = 0;
            for (int i = 0; i < _components.Length; i += ComponentBytes)
            {
                (int across, int down) = Sampling(i);
                samples += (long)Parts(Width, BlockSide * largest.Across)
                    * Parts(Height, BlockSide * largest.Down) * across * down * BlockSide * BlockSide;
            }
            return 2 * samples;
        }
    }

    /// <summary>The frame; null where it has a form that no file has.</summary>
    /// <param name="marker">The frame's marker, which tells its kind.</param>
    /// <param name="content">The content of its segment.</param>
    public static JpegFrame? TryRead(byte marker, ReadOnlySpan<byte> content)
    {
        if (content.Length <= Header || content.Length != Header + (content[Header - 1] * ComponentBytes)) return null;
        var frame = new JpegFrame(marker, content);
        if (frame.Width == 0 || frame.Height == 0) return null;
        for (int i = 0; i < frame._components.Length; i += ComponentBytes)
        {
            if (frame.Sampling(i) is not ( >= 1 and <= 4, >= 1 and <= 4)) return null;
        }
        return frame;
    }

    /// <summary>Whether a file of that many bytes can hold the pixels: few bytes must not claim much memory.</summary>
    public bool FitsInto(long bytes) => (long)Width * Height <= bytes * MostPixelsPerByte;

    /// <summary>
    /// How many restart markers a scan has: one between each interval of units and the next. A unit is one block where the scan
    /// has one component, else the blocks of all components that cover the same pixels (section A.2). A frame of 40×24 with one
    /// component has 5·3 blocks, so 3 markers at an interval of 4.
    /// </summary>
    /// <param name="scan">The content of the scan's header.</param>
    /// <param name="interval">The units between two markers, at least 1.</param>
    public int Restarts(ReadOnlySpan<byte> scan, int interval)
    {
        (int Across, int Down) largest = LargestSampling();
        (int Across, int Down)? only = null;
        for (int i = 0; i < _components.Length; i += ComponentBytes)
        {
            if (scan.Length > 1 && scan[0] == 1 && scan[1] == _components[i]) only = Sampling(i);
        }
        long units = only is ({ } x, { } y)
            ? (long)Parts(Parts(Width * x, largest.Across), BlockSide) * Parts(Parts(Height * y, largest.Down), BlockSide)
            : (long)Parts(Width, BlockSide * largest.Across) * Parts(Height, BlockSide * largest.Down);
        return (int)((units - 1) / interval);
    }

    private (int Across, int Down) LargestSampling()
    {
        (int Across, int Down) largest = (1, 1);
        for (int i = 0; i < _components.Length; i += ComponentBytes)
        {
            (int across, int down) = Sampling(i);
            largest = (Math.Max(largest.Across, across), Math.Max(largest.Down, down));
        }
        return largest;
    }

    /// <summary>Blocks of a unit across and down, for the component that starts there.</summary>
    private (int Across, int Down) Sampling(int component) => (_components[component + 1] >> 4, _components[component + 1] & 15);

    private static int Parts(int size, int part) => (size + part - 1) / part;
}
