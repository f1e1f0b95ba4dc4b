using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MLSegmentation.Cli.Tests;

/// <summary>A feed of NuGet's protocol 3 with one package, on 127.0.0.1 and a free port.</summary>
internal sealed class LoopbackFeed : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, byte[]> _answers = [];

    /// <param name="package">The package's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="nupkg">Its content; null for a feed that does not have it.</param>
    public LoopbackFeed(string package, string version, byte[]? nupkg)
    {
        string root = $"http://127.0.0.1:{FreePort()}/", id = package.ToLowerInvariant();
        Url = $"{root}index.json";
        _answers["/index.json"] = Encoding.UTF8.GetBytes(
            $$"""{"version":"3.0.0","resources":[{"@id":"{{root}}flat/","@type":"PackageBaseAddress/3.0.0"}]}""");
        if (nupkg is not null)
        {
            _answers[$"/flat/{id}/index.json"] = Encoding.UTF8.GetBytes($$"""{"versions":["{{version}}"]}""");
            _answers[$"/flat/{id}/{version}/{id}.{version}.nupkg"] = nupkg;
        }
        _listener.Prefixes.Add(root);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where its list of services is.</summary>
    public string Url { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                bool isThere = _answers.TryGetValue(context.Request.Url!.AbsolutePath, out byte[]? answer);
                context.Response.StatusCode = isThere ? 200 : 404;
                if (isThere) await context.Response.OutputStream.WriteAsync(answer);
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
