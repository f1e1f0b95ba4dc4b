using Microsoft.ML.Data;
using MLSegmentation;

namespace Fuzzing.Models;

/// <summary>Reads ONNX models, leaves outputs out of them, and segments a small image with those that can.</summary>
internal sealed class OnnxTarget : FuzzTarget
{
    private const int Side = 8;

    public override string Name => "onnx";

    public override byte[] Make(FuzzRandom random) => OnnxGenerator.Make(random);

    public override bool Read(byte[] file)
    {
        try
        {
            // What the graph tells is read of models too that no session can be opened of.
            _ = OnnxModelInfo.Of(OnnxModelSource.Of(file));
            OnnxModelInfo info = OnnxModelInfo.FromBytes(file);
            foreach (OnnxValueInfo output in info.Outputs) OnnxOutputs.KeepOnly([.. file], output.Name);
            if ((info.Width ?? Side) > Side || (info.Height ?? Side) > Side) return true;
            using SegmentationModel model = SegmentationModel.Load(
                file, new SegmentationModelOptions { Preparation = info.Preparation ?? ImagePreparation.AsIs });
            using MLImage image = MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, new byte[4 * Side * Side]);
            _ = model.Segment(image);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException && IsOurs(error))
        {
            return false;
        }
    }

    /// <summary>
    /// Whether this project threw it, with words of its own: a model that loads may be one that cannot score, or not without
    /// options.
    /// </summary>
    public static bool IsOurs(Exception error) =>
        error.TargetSite?.DeclaringType?.Namespace?.StartsWith("MLSegmentation", StringComparison.Ordinal) == true;
}
