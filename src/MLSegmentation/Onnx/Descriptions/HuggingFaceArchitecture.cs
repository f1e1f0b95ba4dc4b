namespace MLSegmentation;

/// <summary>
/// What networks of transformers do, by the names of their classes: behind <c>For</c> stands the task
/// (huggingface.co/docs/transformers/model_doc/auto).
/// </summary>
internal static class HuggingFaceArchitecture
{
    private const string Queries = "query masks: a mask and a class for each of some queries",
        Prompts = "masks for prompts: it takes points, boxes or words beside the image",
        Classes = "classification: one class for the whole image",
        Points = "points of an image and not its pixels' classes",
        Words = "text and not the classes of pixels";

    // The ends of names, longer ones before those that they end in.
    private static readonly (string End, string Task)[] _tasks =
    [
        ("ForUniversalSegmentation", Queries),
        ("ForInstanceSegmentation", Queries),
        ("ForPanopticSegmentation", Queries),
        ("ForSegmentation", "query masks: a mask, a box and a class for each of some queries"),
        ("ForMaskGeneration", Prompts),
        ("DepthEstimation", "depth: the distance of each pixel"),
        ("ObjectDetection", "detection: boxes around objects"),
        ("ImageClassification", Classes),
        ("ImageClassificationWithTeacher", Classes),
        ("VideoClassification", "classification: one class for a whole video"),
        ("ForImageMatting", "matting: how much of each pixel is of the object that a given trimap marks"),
        ("ForImageSuperResolution", "super-resolution: a larger image"),
        ("ForImageToImage", "another image"),
        ("ForMaskedImageModeling", "masked images: what was hidden of an image, for training"),
        ("ForMaskedImageModelling", "masked images: what was hidden of an image, for training"),
        ("ForPreTraining", "pre-training: what was hidden of an image, or features"),
        ("ForVideoPreTraining", "pre-training: what was hidden of a video, or features"),
        ("ForKeypointDetection", Points),
        ("ForKeypointMatching", Points),
        ("ForPoseEstimation", Points),
        ("ForOpticalFlow", "flow: how far each pixel moves"),
        ("Backbone", "a backbone: features and not the classes of pixels"),
        ("ForConditionalGeneration", Words),
        ("ForCausalLM", Words),
        ("ForMaskedLM", Words),
        ("ForVision2Seq", Words),
        ("ForImageTextToText", Words),
        ("ForQuestionAnswering", Words),
        ("ForVisualQuestionAnswering", Words),
        ("ForImageAndTextRetrieval", Words),
        ("ForImageTextRetrieval", Words),
        ("ForSequenceClassification", Words),
        ("ForTokenClassification", Words),
    ];

    /// <summary>Whether a network gives each pixel a class.</summary>
    /// <param name="name">The class of the network.</param>
    public static bool IsOfSegmentation(string name) => name.EndsWith("ForSemanticSegmentation", StringComparison.Ordinal);

    /// <summary>What a network does instead; null where that is not known.</summary>
    /// <param name="name">The class of the network.</param>
    public static string? FindTask(string name)
    {
        if (IsPrompted(name)) return Prompts;
        return Array.Find(_tasks, one => name.EndsWith(one.End, StringComparison.Ordinal)).Task;
    }

    // Segment Anything, its later versions and CLIPSeg have names of their own: SamModel, Sam2Model, SamHQModel.
    private static bool IsPrompted(string name) => name.StartsWith("CLIPSeg", StringComparison.Ordinal)
        || (name.StartsWith("Sam", StringComparison.Ordinal) && name.EndsWith("Model", StringComparison.Ordinal)
            && name.Length > "Sam".Length && (name[3] is >= '0' and <= '9' or >= 'A' and <= 'Z'));
}
