using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FreshProcess;

/// <summary>What the pipelines under test end with; a column that a pipeline has not stays empty.</summary>
public sealed class ScoredRow
{
    public string Name { get; set; } = "";

    public uint[]? Label { get; set; }

    public uint[]? Mask { get; set; }

    public float[]? Confidence { get; set; }

    public float[]? Latent { get; set; }

    public float ReconstructionError { get; set; }

    public float[]? ErrorMap { get; set; }

    public float AnomalyScore { get; set; }

    public uint PredictedLabel { get; set; }

    public float[]? Score { get; set; }

    public string[]? Polygons { get; set; }

    /// <summary>One hash over rows, whatever their order.</summary>
    public static string Digest(IEnumerable<ScoredRow> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ScoredRow row in rows.OrderBy(row => row.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(row.Name));
            Append(hash, row.Label);
            Append(hash, row.Mask);
            Append(hash, row.Confidence);
            Append(hash, row.Latent);
            Append(hash, [row.ReconstructionError]);
            Append(hash, row.ErrorMap);
            Append(hash, [row.AnomalyScore]);
            Append(hash, [row.PredictedLabel]);
            Append(hash, row.Score);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', row.Polygons ?? [])));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Append<T>(IncrementalHash hash, T[]? values)
        where T : struct
    {
        hash.AppendData(BitConverter.GetBytes(values?.Length ?? -1));
        hash.AppendData(MemoryMarshal.AsBytes<T>(values));
    }
}
