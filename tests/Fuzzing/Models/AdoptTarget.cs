using MLSegmentation;
using MLSegmentation.Training;

namespace Fuzzing.Models;

/// <summary>Adopts ONNX models; what comes of one describes itself.</summary>
internal sealed class AdoptTarget : FuzzTarget
{
    private const int MostPixels = 1 << 16;

    public override string Name => "onnx-adopt";

    public override byte[] Make(FuzzRandom random) => OnnxGenerator.Make(random);

    public override bool Read(byte[] file)
    {
        try
        {
            OnnxModelInfo info = OnnxModelInfo.FromBytes(file);
            if ((long)(info.Width ?? 1) * (info.Height ?? 1) > MostPixels) return true;
            var options = new SegmentationModelOptions
            {
                Preparation = info.Preparation
                    ?? (info.Channels == 1 ? ImagePreparation.ZeroToOne : ImagePreparation.ImageNetBgr),
                Scores = info.Scores is { Kind: null } ? ScoreKind.Logits : null,
                ClassNames = info.Scores is { Channels: null } ? ["a", "b"] : null,
            };
            byte[] adopted = SegmentationAdopter.Adopt(file, options);
            using SegmentationModel model = SegmentationModel.Load(adopted);
            int named = model.Info.Metadata.ClassNames.Count;
            if (model.Info.Metadata.Task != "segmentation" || (named > 0 && named != model.ClassNames.Count))
                throw new FindingException("an adopted model does not describe itself");
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException && OnnxTarget.IsOurs(error))
        {
            return false;
        }
    }
}
