namespace MLSegmentation.Tests;

/// <summary>
/// A model that others exported, with an image, the mask that an independent program made of it, and what its file leaves open.
/// </summary>
/// <param name="Name">The row of the table beside the models.</param>
/// <param name="Preparation">How pixels are prepared, where the file does not say it; else null.</param>
internal sealed record ForeignModel(string Name, ImagePreparation? Preparation)
{
    private const string Folder = "foreign";

    /// <summary>The model's file.</summary>
    public string File { get; init; } = $"{Name}.onnx";

    /// <summary>The image's file, without its extension.</summary>
    public string Image { get; init; } = Name;

    /// <summary>The file of the right mask, without its extension; its values are the classes.</summary>
    public string Mask { get; init; } = $"{Name}.mask";

    /// <summary>How many classes its labels number; null where they are its channels.</summary>
    public int? Classes { get; init; }

    /// <summary>The least part of the pixels that must agree.</summary>
    public double Agreement { get; init; } = 0.999;

    /// <summary>A preparation that is not its own.</summary>
    public ImagePreparation Wrong => Preparation == ImagePreparation.CaffeBgr ? ImagePreparation.AsIs : ImagePreparation.CaffeBgr;

    public string ModelFile => SharedData.Require([Folder, .. File.Split('/')]);

    public string ImageFile => SharedData.Require([Folder, .. $"{Image}.png".Split('/')]);

    public string MaskFile => SharedData.Require([Folder, .. $"{Mask}.png".Split('/')]);

    /// <summary>The part of the pixels whose keys are those of the right classes.</summary>
    public double AgreementOf(ReadOnlySpan<uint> keys)
    {
        ushort[] mask = LabelImageReader.Read(MaskFile).Values;
        Assert.AreEqual(mask.Length, keys.Length, $"{Name}: the mask has another size.");
        int equal = 0;
        for (int i = 0; i < mask.Length; i++)
        {
            if (keys[i] == mask[i] + 1u) equal++;
        }
        return (double)equal / mask.Length;
    }

    /// <summary>Checks a mask.</summary>
    public void RequireMask(ReadOnlySpan<uint> keys) => Assert.IsGreaterThanOrEqualTo(Agreement, AgreementOf(keys), Name);
}
