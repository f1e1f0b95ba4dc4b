using System.Net;
using System.Net.Http.Headers;

namespace MLSegmentation.Training;

/// <summary>Asks a server for the bytes of a file that are still missing (RFC 9110, section 14).</summary>
internal sealed class WeightRequest(PublishedWeights file, Uri url, TimeSpan stallTimeout)
{
    private const int BufferLength = 1 << 17;

    // No limit of its own: a large file takes its time, and what stalls is noticed here.
    private static readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };

    // What tells this version of the file from another, once the server has said it: the missing bytes must belong to those here.
    private EntityTagHeaderValue? _tag;
    private DateTimeOffset? _modified;
    private bool _isReached;

    /// <summary>Makes one request and appends what it brings, until the server ends.</summary>
    /// <param name="part">What is there already; begun anew where the server does not continue it.</param>
    /// <param name="arrived">Is called after each piece, with its length in bytes.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="InterruptedDownloadException">It broke off; another request may go better.</exception>
    /// <exception cref="IOException">The server cannot be reached or refuses the file, or the part cannot be written.</exception>
    /// <exception cref="InvalidDataException">The server offers another file: its length is not the one expected.</exception>
    public async Task ReceiveAsync(PartFile part, Action<int> arrived, CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            stall.CancelAfter(stallTimeout);
            using HttpRequestMessage request = Create(part.Length);
            using HttpResponseMessage response =
                await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token);
            _isReached = true;
            Begin(response, part);
            using Stream content = await response.Content.ReadAsStreamAsync(stall.Token);
            var buffer = new byte[BufferLength];
            for (int read; (read = await ReadAsync(content, buffer, stall.Token)) > 0;)
            {
                if (part.Length + read > file.Size)
                {
                    part.Clear();
                    throw OtherFile($"more than {file.Size}");
                }
                part.Append(buffer.AsSpan(0, read));
                arrived(read);
                stall.CancelAfter(stallTimeout);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new InterruptedDownloadException($"nothing arrived for {stallTimeout.TotalSeconds} seconds");
        }
        catch (HttpRequestException error) when (!_isReached && error.HttpRequestError != HttpRequestError.ResponseEnded)
        {
            throw new IOException(
                $"'{url}' cannot be reached: {error.Message.TrimEnd('.')}. "
                + "Check the network, or fetch the file from another address.", error);
        }
        catch (HttpRequestException error)
        {
            throw new InterruptedDownloadException(error.Message, error);
        }
    }

    private HttpRequestMessage Create(long from)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (from == 0) return request;
        request.Headers.Range = new RangeHeaderValue(from, null);
        if (_tag is not null) request.Headers.IfRange = new RangeConditionHeaderValue(_tag);
        else if (_modified is { } modified) request.Headers.IfRange = new RangeConditionHeaderValue(modified);
        return request;
    }

    /// <summary>Judges the answer's head; makes the part end where its body begins.</summary>
    private void Begin(HttpResponseMessage response, PartFile part)
    {
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        switch (response.StatusCode)
        {
            case HttpStatusCode.PartialContent when range?.From == part.Length:
                CheckLength(range.Length);
                break;
            case HttpStatusCode.OK:
                CheckLength(response.Content.Headers.ContentLength);
                part.Clear();
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                long asked = part.Length;
                part.Clear();
                throw new InterruptedDownloadException(
                    $"asked for byte {asked} and on, the server answered {Status(response)}, '{range}'");
            case >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests:
                throw new InterruptedDownloadException($"the server answered {Status(response)}");
            default:
                throw new IOException(
                    $"'{url}' answered {Status(response)}, expected the file {file.FileName}. "
                    + "Check the address, or fetch the file from another one.");
        }

        // A weak tag does not promise equal bytes (RFC 9110, section 13.1.5).
        _tag = response.Headers.ETag is { IsWeak: false } tag ? tag : null;
        _modified = response.Content.Headers.LastModified;
    }

    private void CheckLength(long? offered)
    {
        if (offered is { } length && length != file.Size) throw OtherFile($"{length}");
    }

    private InvalidDataException OtherFile(string length) => new(
        $"'{url}' offers {length} bytes, expected {file.Size} for {file.FileName}: it is another file. "
        + "Check the address, and whether a proxy answers in its place.");

    private static string Status(HttpResponseMessage response) => $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();

    private static async Task<int> ReadAsync(Stream content, byte[] buffer, CancellationToken stall)
    {
        try
        {
            return await content.ReadAsync(buffer, stall);
        }
        catch (IOException error)
        {
            throw new InterruptedDownloadException(error.Message, error);
        }
    }
}
