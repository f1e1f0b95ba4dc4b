using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>
/// A cursor that reads a few rows ahead on one thread and computes them on others, so that decoding, inference and what the reader does
/// overlap. Rows come in their order; no more are in memory than there are slots.
/// </summary>
internal sealed class ReadAheadCursor : DataViewRowCursor
{
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
    private bool _disposed;

    /// <param name="binding">The transformer, bound to the input's schema.</param>
    /// <param name="input">The cursor to read; this disposes it.</param>
    /// <param name="open">Makes the outputs of a row.</param>
    /// <param name="slots">The most rows in memory, at least 2: the one that the reader has, and those ahead of it.</param>
    public ReadAheadCursor(ColumnBinding binding, DataViewRowCursor input, Func<BufferedRow, RowOutputs> open, int slots)
    {
        (_binding, _input) = (binding, input);
        _slots = [.. Enumerable.Range(0, slots).Select(index => new Slot(index, new BufferedRow(input), open))];
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
            _reading = Task.Factory.StartNew(() => Read(_workers), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        while (true)
        {
            if (_current is not null) _free.Add(_current);
            _current = null;
            if (!_read.TryTake(out Slot? slot, Timeout.Infinite))
            {
                _readingError?.Throw();
                _position = -1;
                return false;
            }
            _current = slot;
            if (!slot.Computed.GetAwaiter().GetResult()) continue;
            _position++;
            return true;
        }
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _slots[0].Columns(_binding).IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        _binding.Check(column);
        bool isAdded = column.Index >= _binding.InputSchema.Count;
        ValueGetter<TValue>[] getters = [.. _slots.Select(slot => isAdded
            ? slot.Columns(_binding).GetGetter<TValue>(column)
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
        }
        base.Dispose(disposing);
    }

    private Slot Current => _current ?? throw new InvalidOperationException("There is no row: MoveNext was not called, or has returned false.");

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
    private sealed class Slot
    {
        private readonly RowOutputs _outputs;

        public Slot(int index, BufferedRow row, Func<BufferedRow, RowOutputs> open) => (Index, Row, _outputs) = (index, row, open(row));

        public int Index { get; }

        public BufferedRow Row { get; }

        /// <summary>Whether the row is to be handed out, once it is computed. It never fails: getters do.</summary>
        public Task<bool> Computed { get; private set; } = Task.FromResult(true);

        public ActiveColumns Columns(ColumnBinding binding) => new(binding, Row, _outputs.Getters);

        public void Read(WorkerThreads workers)
        {
            Row.Read();
            Computed = workers.Run(_outputs.Compute);
        }
    }
}
