using System.Buffers.Binary;
using Google.Protobuf;
using MLSegmentation.Training.Logging.Schema;

namespace MLSegmentation.Training;

/// <summary>
/// Writes TensorBoard's event files: TFRecords, each of the length of its data (8 bytes, little-endian), the
/// <see cref="Crc32C.Masked">checksum</see> of that length (4 bytes), the data, which is an <see cref="Event"/>, and the data's
/// checksum (4 bytes). A record is handed to the stream whole.
/// </summary>
internal sealed class EventFileWriter : IDisposable
{
    /// <summary>What the first record says; from this version on, restarts are told by events, not guessed from steps.</summary>
    private const string FileVersion = "brain.Event:2";

    private const int LengthSize = sizeof(ulong), ChecksumSize = sizeof(uint);

    private readonly Stream _stream;
    private readonly TimeProvider _clock;

    /// <summary>Writes the record that every event file begins with.</summary>
    /// <param name="stream">Where the records go; it is disposed with the writer.</param>
    /// <param name="clock">The time of each event.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public EventFileWriter(Stream stream, TimeProvider clock)
    {
        (_stream, _clock) = (stream, clock);
        Write(new Event { FileVersion = FileVersion });
    }

    /// <summary>Stamps an event with the time and writes it through to the operating system.</summary>
    /// <exception cref="IOException">The stream cannot be written, for example because the disk is full.</exception>
    public void Write(Event entry)
    {
        entry.WallTime = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        int size = entry.CalculateSize();
        var record = new byte[LengthSize + ChecksumSize + size + ChecksumSize];
        Span<byte> length = record.AsSpan(0, LengthSize), data = record.AsSpan(LengthSize + ChecksumSize, size);
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)size);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(LengthSize), Crc32C.Masked(length));
        entry.WriteTo(data);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - ChecksumSize), Crc32C.Masked(data));
        _stream.Write(record);
        _stream.Flush();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();
}
