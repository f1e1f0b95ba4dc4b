using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MLSegmentation.Tests;

/// <summary>An HTTP server for one file, on 127.0.0.1 and a free port. It misbehaves as told, a fault for each request.</summary>
internal sealed class LoopbackFileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<ServedRequest> _requests = [];
    private readonly Queue<ServerFault> _faults;
    private readonly byte[] _content;

    public LoopbackFileServer(byte[] content, params ServerFault[] faults)
    {
        _content = content;
        _faults = new Queue<ServerFault>(faults);
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/folder/weights.bin");
        _ = AcceptAsync();
    }

    /// <summary>Where the file is.</summary>
    public Uri Url { get; }

    /// <summary>Whether it answers a range with that range; else with the whole file.</summary>
    public bool HasRanges { get; init; } = true;

    /// <summary>Whether it says how long the file is.</summary>
    public bool HasLength { get; init; } = true;

    /// <summary>The file's tag, in quotes.</summary>
    public string Tag { get; set; } = "\"one\"";

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<ServedRequest> Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken end = _end.Token;
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(end), end);
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken end)
    {
        try
        {
            using (client)
            await using (NetworkStream stream = client.GetStream())
                await AnswerAsync(stream, await ReadHeadAsync(stream), end);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client hung up, or the test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream, IReadOnlyList<string> head, CancellationToken end)
    {
        string? range = Value(head, "Range: "), condition = Value(head, "If-Range: ");
        int from = range is null ? 0 : int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
        ServerFault fault;
        lock (_requests)
        {
            _requests.Add(new ServedRequest(from, condition));
            fault = _faults.Count > 0 ? _faults.Dequeue() : new ServerFault();
        }

        bool isPart = from > 0 && HasRanges && (condition is null || condition == Tag);
        if (fault.Status is null && isPart && from >= _content.Length) fault = new ServerFault { Status = 416 };
        if (fault.Status is int status)
        {
            string about = status == 416 ? $"Content-Range: bytes */{_content.Length}\r\n" : "";
            await WriteAsync(stream, $"HTTP/1.1 {status} Fault\r\nContent-Length: 0\r\n{about}Connection: close\r\n\r\n");
            return;
        }
        byte[] body = isPart ? _content[from..] : _content;
        string length = HasLength ? $"Content-Length: {body.Length}\r\n" : "";
        string place = isPart ? $"Content-Range: bytes {from}-{_content.Length - 1}/{_content.Length}\r\n" : "";
        string good = isPart ? "206 Partial Content" : "200 OK";
        await WriteAsync(stream, $"HTTP/1.1 {good}\r\n{length}{place}ETag: {Tag}\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(body.AsMemory(0, Math.Min(body.Length, fault.CutAfter ?? fault.StallAfter ?? body.Length)), end);
        if (fault.StallAfter is not null) await Task.Delay(Timeout.InfiniteTimeSpan, end);
    }

    private static string? Value(IEnumerable<string> head, string name) =>
        head.FirstOrDefault(line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase))?[name.Length..];

    private static ValueTask WriteAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text));

    private static async Task<IReadOnlyList<string>> ReadHeadAsync(NetworkStream stream)
    {
        var lines = new List<string>();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync() is { Length: > 0 } line) lines.Add(line);
        return lines;
    }
}
