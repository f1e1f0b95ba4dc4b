namespace MLSegmentation.Tests;

/// <summary>Files in the forms that the processors of transformers write, by their documentation.</summary>
[TestClass]
public sealed class HuggingFaceProcessorTest
{
    private readonly DescribedFolder _folder = new();

    [TestCleanup]
    public void DeleteFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow(
        "Segformer", """
        {"do_normalize": true, "do_reduce_labels": false, "do_rescale": true, "do_resize": true,
         "image_mean": [0.485, 0.456, 0.406], "image_processor_type": "SegformerImageProcessor",
         "image_std": [0.229, 0.224, 0.225], "rescale_factor": 0.00392156862745098, "size": {"height": 512, "width": 640}}
        """, "imagenet-rgb")]
    [DataRow(
        "Segformer of 2022", """
        {"do_normalize": true, "do_resize": true, "feature_extractor_type": "SegformerFeatureExtractor",
         "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225], "reduce_labels": true, "resample": 2,
         "size": 512}
        """, "imagenet-rgb")]
    [DataRow(
        "Segformer whose numbers are left out", """{"image_processor_type": "SegformerImageProcessorFast"}""", "imagenet-rgb")]
    [DataRow(
        "BEiT and Data2Vec", """
        {"crop_size": {"height": 224, "width": 224}, "do_center_crop": false, "do_normalize": true, "do_rescale": true,
         "image_mean": [0.5, 0.5, 0.5], "image_processor_type": "BeitImageProcessor", "image_std": [0.5, 0.5, 0.5],
         "rescale_factor": 0.00392156862745098, "size": {"height": 640, "width": 640}}
        """, "minus-one-to-one")]
    [DataRow(
        "DPT", """
        {"do_rescale": true, "ensure_multiple_of": 32, "image_mean": 0.5, "image_processor_type": "DPTImageProcessor",
         "image_std": 0.5, "keep_aspect_ratio": true, "rescale_factor": 0.00392156862745098,
         "size": {"height": 480, "width": 480}}
        """, "minus-one-to-one")]
    [DataRow(
        "MobileNetV2", """
        {"crop_size": {"height": 513, "width": 513}, "do_center_crop": true, "do_normalize": true,
         "image_processor_type": "MobileNetV2ImageProcessor", "size": {"shortest_edge": 513}}
        """, "minus-one-to-one")]
    [DataRow(
        "MobileViT, on blue first", """
        {"crop_size": {"height": 512, "width": 512}, "do_center_crop": true, "do_flip_channel_order": true,
         "image_processor_type": "MobileViTImageProcessor", "size": {"shortest_edge": 544}}
        """, "scale=0.00392156862745098,order=bgr")]
    [DataRow(
        "MobileViT of 2022", """{"do_resize": true, "feature_extractor_type": "MobileViTFeatureExtractor", "size": 544}""",
        "scale=0.00392156862745098,order=bgr")]
    [DataRow("not normalised", """{"do_normalize": false, "image_processor_type": "SegformerImageProcessor"}""", "zero-to-one")]
    [DataRow("not scaled", """{"do_rescale": false, "do_normalize": false, "image_processor_type": "X"}""", "as-is")]
    [DataRow(
        "of 0 to 255", """{"do_rescale": false, "image_mean": [103.939, 116.779, 123.68], "image_std": 1}""",
        "scale=1,mean=103.939,116.779,123.68")]
    [DataRow(
        "an odd factor", """{"rescale_factor": 0.0078125, "image_mean": [1], "image_std": [1]}""", "scale=0.0078125,mean=1")]
    [DataRow(
        "EfficientNet", """
        {"do_normalize": true, "do_rescale": true, "image_mean": [0.5, 0.5, 0.5], "image_processor_type":
         "EfficientNetImageProcessor", "image_std": [0.25, 0.25, 0.25], "include_top": false, "rescale_factor": 0.0078125,
         "rescale_offset": true}
        """, "scale=0.0078125,mean=1.5,deviation=0.25")]
    [DataRow(
        "EfficientNet without an offset", """
        {"do_normalize": false, "image_processor_type": "EfficientNetImageProcessor", "include_top": false,
         "rescale_offset": false}
        """, "zero-to-one")]
    [DataRow(
        "ViViT", """
        {"do_normalize": true, "image_mean": [0.5, 0.25, 0.5], "image_processor_type": "VivitImageProcessor",
         "image_std": [0.5, 0.5, 0.5], "offset": true, "rescale_factor": 0.0078125}
        """, "scale=0.0078125,mean=1.5,1.25,1.5,deviation=0.5")]
    [DataRow(
        "an offset of what is not scaled",
        """{"do_normalize": false, "do_rescale": false, "image_processor_type": "X", "offset": true}""", "as-is")]
    [DataRow("of another kind, without numbers", """{"image_processor_type": "NewImageProcessor"}""", null)]
    [DataRow(
        "numbers for each channel, and blue first", """
        {"do_flip_channel_order": true, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]}
        """, null)]
    [DataRow("of sounds", """{"do_normalize": true, "feature_extractor_type": "Wav2Vec2FeatureExtractor"}""", null)]
    public void Preparation_OfProcessor_IsWhatItDoes(string processor, string json, string? expected)
    {
        OnnxModelInfo info = _folder.Processor(json).Info;

        Assert.AreEqual(expected, info.Preparation?.ToString(), processor);
        Assert.AreEqual(expected is null ? null : "preprocessor_config.json beside the model", info.PreparationSource);
    }

    [TestMethod]
    [DataRow("include_top", """{"image_mean": 0.5, "image_std": 0.5, "include_top": true}""")]
    [DataRow("include_top", """{"image_processor_type": "EfficientNetImageProcessor", "image_mean": 0.5, "image_std": 0.5}""")]
    [DataRow(
        "offset", """
        {"image_processor_type": "VivitImageProcessor", "image_mean": 0.5, "image_std": 0.5, "rescale_factor": 0.0078}
        """)]
    [DataRow("do_color_quantize", """{"image_mean": 0.5, "image_std": 0.5, "do_color_quantize": true}""")]
    [DataRow("do_grayscale", """{"do_normalize": false, "do_grayscale": true, "do_resize": true}""")]
    [DataRow("std_offsets", """{"image_mean": 0.5, "image_std": 0.5, "std_offsets": [0.1]}""")]
    public void UnclearField_ThatChangesNumbers_LeavesThePreparationOpenAndIsNamed(string field, string json)
    {
        OnnxModelInfo info = _folder.Processor(json).Info;
        string message = Assert.ThrowsExactly<ArgumentException>(
            () => SegmentationModel.Load(_folder.Model, new SegmentationModelOptions())).Message;

        Assert.IsNull(info.Preparation);
        Assert.AreEqual(field, info.Description!.UnclearField);
        StringAssert.Contains(message, $"since the field '{field}' of preprocessor_config.json beside the model changes them");
        StringAssert.Contains(message, "Set Preparation to ImagePreparation.");
    }

    [TestMethod]
    [DataRow("""{"image_mean": 0.5, "image_std": 0.5, "do_color_quantize": false, "include_top": null}""")]
    [DataRow("""{"image_mean": 0.5, "image_std": 0.5, "do_pad": true, "resample": 2, "_processor_class": null}""")]
    public void UnclearField_OffOrWithoutMeaningForNumbers_ChangesNothing(string json) =>
        Assert.AreEqual(ImagePreparation.MinusOneToOne, _folder.Processor(json).Info.Preparation);

    [TestMethod]
    [DataRow("""{"size": {"height": 480, "width": 640}, "do_resize": true}""", 640, 480, ImageSizing.Stretch)]
    [DataRow("""{"size": 512, "do_resize": true}""", 512, 512, ImageSizing.Stretch)]
    [DataRow("""{"size": [480, 640], "do_resize": true}""", 640, 480, ImageSizing.Stretch)]
    [DataRow(
        """{"size": {"height": 384, "width": 384}, "keep_aspect_ratio": true, "do_resize": true}""", 384, 384,
        ImageSizing.Letterbox)]
    [DataRow("""{"size": {"shortest_edge": 256}, "do_resize": true}""", 256, 256, ImageSizing.Letterbox)]
    [DataRow(
        """{"size": {"shortest_edge": 544}, "do_center_crop": true, "crop_size": {"height": 512}, "do_resize": true}""",
        512, 512, ImageSizing.Letterbox)]
    [DataRow("""{"size": 288, "image_processor_type": "MobileViTImageProcessor"}""", 288, 288, ImageSizing.Letterbox)]
    [DataRow("""{"size": {"longest_edge": 256}, "do_resize": true}""", 256, 256, ImageSizing.Letterbox)]
    [DataRow(
        """{"size": {"shortest_edge": 256, "longest_edge": 400}, "do_resize": true}""", 256, 256, ImageSizing.Letterbox)]
    [DataRow("""{"size": {"max_height": 480, "max_width": 640}, "do_resize": true}""", 640, 480, ImageSizing.Letterbox)]
    [DataRow("""{"size": {"max_pixels": 1000}, "do_resize": true}""", 0, 0, ImageSizing.Native)]
    [DataRow("""{"size": {}, "do_resize": true}""", 0, 0, ImageSizing.Native)]
    [DataRow("""{"size": [1, 2, 3], "do_resize": true}""", 0, 0, ImageSizing.Native)]
    [DataRow("""{"size": {"height": 480, "width": 640}, "do_resize": false}""", 0, 0, ImageSizing.Native)]
    [DataRow("""{"do_resize": true}""", 0, 0, ImageSizing.Native)]
    public void Size_OfProcessor_IsThatOfTheModel(string json, int width, int height, ImageSizing sizing)
    {
        ImageModelMetadata metadata = _folder.Processor(json).Info.Metadata;

        Assert.AreEqual((width, height, sizing), (metadata.ImageWidth, metadata.ImageHeight, metadata.Sizing));
    }

    [TestMethod]
    [DataRow("""{"ensure_multiple_of": 32, "do_resize": true}""", 32)]
    [DataRow("""{"size_divisor": 14, "do_pad": true, "do_resize": true}""", 14)]
    [DataRow("""{"size_divisor": null, "do_pad": false, "do_resize": true}""", 1)]
    public void SizeMultiple_OfProcessor_IsThatOfTheModel(string json, int expected) =>
        Assert.AreEqual(expected, _folder.Processor(json).Info.SizeMultiple);

    [TestMethod]
    [DataRow("""{"do_reduce_labels": true, "do_resize": true}""", 1)]
    [DataRow("""{"reduce_labels": true, "do_resize": true}""", 1)]
    [DataRow("""{"do_reduce_labels": false, "do_resize": true}""", 0)]
    public void FirstLabel_OfReducedLabels_IsOne(string json, int expected) =>
        Assert.AreEqual(expected, _folder.Processor(json).Info.Metadata.FirstLabel);

    [TestMethod]
    [DataRow("""{"image_mean": "0.5"}""", "'image_mean'", "a number, or a list of numbers")]
    [DataRow("""{"image_mean": [0.5, null, 0.5], "image_std": 1}""", "'image_mean'", "a number, or a list of numbers")]
    [DataRow("""{"image_mean": [NaN, 0.5, 0.5], "image_std": 1}""", "'image_mean'", "a number, or a list of numbers")]
    [DataRow("""{"image_mean": [1e999], "image_std": 1}""", "'image_mean'", "a number, or a list of numbers")]
    [DataRow("""{"image_mean": [0.5, 0.5], "image_std": 1}""", "'image_mean'", "1, 3 or 4 channels")]
    [DataRow("""{"image_mean": [], "image_std": 1}""", "'image_mean'", "1, 3 or 4 channels")]
    [DataRow("""{"image_mean": 0.5, "image_std": [0, 0, 0]}""", "'image_std'", "above 0")]
    [DataRow("""{"image_mean": 0.5, "image_std": -0.5}""", "'image_std'", "above 0")]
    [DataRow("""{"rescale_factor": 0, "do_rescale": true}""", "'rescale_factor'", "one number but 0")]
    [DataRow("""{"rescale_factor": [1, 2], "do_rescale": true}""", "'rescale_factor'", "one number")]
    [DataRow("""{"do_normalize": "yes", "do_resize": true}""", "'do_normalize'", "true or false")]
    [DataRow("""{"do_resize": true, "size": {"height": 0, "width": 8}}""", "'size'", "a whole number from 1 to 16384")]
    [DataRow("""{"do_resize": true, "size": {"height": 99999999999, "width": 8}}""", "'size'", "a whole number from 1 to")]
    [DataRow("""{"do_resize": true, "size": {"longest_edge": 0}}""", "'size'", "a whole number from 1 to")]
    [DataRow("""{"do_resize": true, "size": "big"}""", "'size'", "shortest_edge")]
    [DataRow("""{"image_processor_type": 7}""", "'image_processor_type'", "a text")]
    [DataRow("""{"image_processor_type": "\ud800"}""", "'image_processor_type'", "half a character")]
    public void Open_WrongValue_SaysFieldFileAndWhatIsExpected(string json, string field, string expected)
    {
        string message = Assert.ThrowsExactly<InvalidDataException>(() => _folder.Processor(json).Info).Message;

        StringAssert.Contains(message, field);
        StringAssert.Contains(message, _folder["preprocessor_config.json"]);
        StringAssert.Contains(message, expected);
    }
}
