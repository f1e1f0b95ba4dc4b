using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// A cursor that reads a few rows ahead on one thread and computes them on others, so that decoding, inference and what the
/// reader does overlap. Rows come in their order; no more are in memory than there are slots.
/// </summary>
internal sealed class ReadAheadCursor : DataViewRowCursor
{
    // One row with the reader, and those being computed.
    private const int Slots = 1 + Concurrency.ImagesAtOnce;
    private readonly ColumnBinding _binding;
    private readonly DataViewRowCursor _input;
    private readonly Slot[] _slots;
    private readonly BlockingCollection<Slot> _free = [];
    private readonly BlockingCollection<Slot> _read = [];
    private readonly CancellationTokenSource _stop = new();
    private WorkerThreads? _workers;
    private Task? _reading;
    private ExceptionDispatchInfo? _readingError;
    private Slot? _current;
    private long _position = -1;
    private long _skipped;
    private string? _firstSkipped;
    private bool _disposed;

    /// <param name="binding">The transformer, bound to the input's schema.</param>
    /// <param name="input">The cursor to read; this disposes it.</param>
    /// <param name="needed">The columns that are read.</param>
    public ReadAheadCursor(ColumnBinding binding, DataViewRowCursor input, DataViewSchema.Column[] needed)
    {
        (_binding, _input) = (binding, input);
        _slots = [.. Enumerable.Range(0, Slots).Select(index =>
        {
            var row = new BufferedRow(input);
            return new Slot(index, row, binding.Open(row, needed));
        })];
        foreach (Slot slot in _slots) _free.Add(slot);
    }

    public override DataViewSchema Schema => _binding.OutputSchema;

    public override long Position => _position;

    public override long Batch => _current?.Row.Batch ?? 0;

    public override bool MoveNext()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_reading is null)
        {
            _workers = new WorkerThreads(Concurrency.ImagesAtOnce);
            _reading = Task.Factory.StartNew(
                () => Read(_workers), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        while (true)
        {
            if (_current is not null) _free.Add(_current);
            _current = null;
            if (!_read.TryTake(out Slot? slot, Timeout.Infinite))
            {
                _readingError?.Throw();
                _position = -1;
                ReportSkipped();
                return false;
            }
            _current = slot;
            if (slot.Computed.GetAwaiter().GetResult() is { } reason)
            {
                _skipped++;
                _firstSkipped ??= reason;
                continue;
            }
            _position++;
            return true;
        }
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _slots[0].Columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        _binding.Check(column);
        bool isAdded = column.Index >= _binding.InputSchema.Count;
        ValueGetter<TValue>[] getters = [.. _slots.Select(slot => isAdded
            ? slot.Columns.GetGetter<TValue>(column)
            : slot.Row.GetCopyGetter<TValue>(_binding.InputSchema[column.Index]))];
        return (ref TValue value) => getters[Current.Index](ref value);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
    {
        ValueGetter<DataViewRowId>[] getters = [.. _slots.Select(slot => slot.Row.GetIdGetter())];
        return (ref DataViewRowId id) => getters[Current.Index](ref id);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _stop.Cancel();
            _reading?.Wait();
            _workers?.Dispose();
            _input.Dispose();
            _stop.Dispose();
            _free.Dispose();
            _read.Dispose();
            ReportSkipped();
        }
        base.Dispose(disposing);
    }

    private Slot Current =>
        _current ?? throw new InvalidOperationException("There is no row: MoveNext was not called, or has returned false.");

    /// <summary>Once a cursor: at its end, or where its reader has had enough.</summary>
    private void ReportSkipped()
    {
        if (_firstSkipped is { } first) _binding.Transformer.ReportSkipped(_skipped, first);
        (_skipped, _firstSkipped) = (0, null);
    }

    private void Read(WorkerThreads workers)
    {
        try
        {
            while (!_stop.IsCancellationRequested && _free.TryTake(out Slot? slot, Timeout.Infinite, _stop.Token))
            {
                if (!_input.MoveNext()) return;
                slot.Read(workers);
                _read.Add(slot);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The cursor is being disposed of.
        }
        catch (Exception error)
        {
            _readingError = ExceptionDispatchInfo.Capture(error);
        }
        finally
        {
            _read.CompleteAdding();
            workers.Complete();
        }
    }

    /// <summary>The place of one row.</summary>
    private sealed class Slot(int index, BufferedRow row, RowOutputs outputs)
    {
        public int Index => index;

        public BufferedRow Row => row;

        public ActiveColumns Columns => outputs.Columns;

        /// <summary>Why the row is left out, once it is computed; null where it stays. It never fails: getters do.</summary>
        public Task<string?> Computed { get; private set; } = Task.FromResult<string?>(null);

        public void Read(WorkerThreads workers)
        {
            row.Read();
            Computed = workers.Run(outputs.ComputeAhead);
        }
    }
}
