using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;

namespace MLSegmentation.Training;

/// <summary>Rows of a view as samples: read once where they fit into the memory given, else each time anew.</summary>
internal sealed class SampleRows
{
    private const int FingerprintBytes = 8;
    private readonly IDataView _view;
    private readonly ISampleReader _reader;
    private readonly Func<long, bool> _isMember;
    private readonly List<TrainingSample>? _samples;

    /// <summary>Reads as many rows as the memory holds.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="reader">What makes samples of them.</param>
    /// <param name="isMember">Whether a row, counted from 0, is one of these.</param>
    /// <param name="memory">Bytes that samples may take.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public SampleRows(
        IDataView view, ISampleReader reader, Func<long, bool> isMember, long memory, CancellationToken cancellation)
    {
        (_view, _reader, _isMember) = (view, reader, isMember);
        (_samples, Fingerprint) = ReadAll(memory, cancellation);
    }

    /// <summary>Tells other rows: a part of the SHA-256 of their pixels and labels, as far as the memory reaches.</summary>
    public string Fingerprint { get; }

    /// <summary>Whether the samples are in memory.</summary>
    public bool AreCached => _samples is not null;

    /// <summary>Bytes that the samples in memory take.</summary>
    public long Size => _samples?.Sum(sample => sample.Size) ?? 0;

    /// <summary>The samples in the order of the rows.</summary>
    public IEnumerable<TrainingSample> Read(CancellationToken cancellation)
    {
        foreach (TrainingSample sample in _samples ?? ReadRows())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return sample;
        }
    }

    /// <summary>The samples in memory in any order.</summary>
    public IEnumerable<TrainingSample> InOrder(int[] order) => order.Select(index => _samples![index]);

    /// <summary>
    /// The rows and their fingerprint. Where the memory does not hold all rows, the fingerprint is of those it holds and the next
    /// one.
    /// </summary>
    private (List<TrainingSample>? Samples, string Fingerprint) ReadAll(long memory, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        List<TrainingSample>? samples = [];
        foreach (TrainingSample sample in Read(cancellation))
        {
            hash.AppendData(MemoryMarshal.AsBytes([sample.Width, sample.Height]));
            hash.AppendData(sample.Pixels);
            hash.AppendData(sample.Labels);
            memory -= sample.Size;
            if (memory < 0)
            {
                samples = null;
                break;
            }
            samples.Add(sample);
        }
        return (samples, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, FingerprintBytes)));
    }

    private IEnumerable<TrainingSample> ReadRows()
    {
        using DataViewRowCursor cursor = _view.GetRowCursor(_reader.ColumnsOf(_view.Schema));
        Func<TrainingSample> read = _reader.Open(cursor);
        int members = 0;
        for (long row = 0; cursor.MoveNext(); row++)
        {
            if (_isMember(row)) yield return read() with { Row = members++ };
        }
    }
}
