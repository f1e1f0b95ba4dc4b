namespace MLSegmentation.Tests;

/// <summary>The table of models from elsewhere, which lie in <c>../shared/foreign</c>: a row each.</summary>
internal static class ForeignModels
{
    /// <summary>All rows.</summary>
    public static IReadOnlyList<ForeignModel> All { get; } =
    [
        new("torchvision-lraspp", ImagePreparation.ImageNetRgb),
        new("huggingface-segformer", null)
        {
            File = "huggingface-segformer/model.onnx",
            Image = "huggingface-segformer/image",
            Mask = "huggingface-segformer/mask",
        },
        new("binary-sigmoid", ImagePreparation.ZeroToOne),
        new("binary-logit", ImagePreparation.ImageNetRgb),
        new("multi-label-sigmoid", ImagePreparation.ImageNetRgb),
        new("float16", ImagePreparation.ZeroToOne) { Agreement = 0.99 },
        new("nhwc-uint8-labels", null) { Classes = 4 },
        new("keras-nhwc-softmax", ImagePreparation.MinusOneToOne),
        new("three-outputs", ImagePreparation.ZeroToOne),
        new("external-weights", ImagePreparation.MinusOneToOne)
        {
            Image = "keras-nhwc-softmax",
            Mask = "keras-nhwc-softmax.mask",
        },
        new("paddleocr-text", ImagePreparation.ImageNetBgr),
    ];

    /// <summary>The name of each model, as it is and turned to the other layout.</summary>
    public static IEnumerable<object[]> NamesAndLayouts =>
        from model in All
        from isTurned in new[] { false, true }
        select new object[] { model.Name, isTurned };

    /// <summary>The names, as the cases of a test.</summary>
    public static IEnumerable<object[]> Names => All.Select(model => new object[] { model.Name });

    /// <summary>The row of a name.</summary>
    public static ForeignModel Of(string name) => All.Single(model => model.Name == name);
}
