using System.Text.Json;

namespace MLSegmentation;

/// <summary>
/// Tells a COCO file of instances and a panoptic one, which has segments, from the first annotation. No more of the file is read
/// than up to it, which may be a list of images: annotations may be a gigabyte.
/// </summary>
internal static class CocoKind
{
    /// <summary>Whether a file is of the kind.</summary>
    /// <param name="path">The file; a folder is not.</param>
    /// <param name="hasSegments">Whether the panoptic kind is meant. A file without annotations is one of instances.</param>
    public static bool IsOf(string path, bool hasSegments) => JsonLook.At(path, json =>
    {
        if (json.Token != JsonTokenType.StartObject) return false;
        bool hasImages = false;
        foreach (string property in json.Properties())
        {
            if (property is not ("images" or "annotations") || json.Token != JsonTokenType.StartArray) continue;
            foreach (int index in json.Items())
            {
                // All images are as the first, and passed over.
                if (index > 0) continue;
                string[] names = json.Token == JsonTokenType.StartObject ? [.. json.Properties()] : [];
                if (property == "annotations")
                    return names.Contains("image_id") && names.Contains("segments_info") == hasSegments;
                if (!names.Contains("file_name")) return false;
            }
            hasImages |= property == "images";
        }
        return hasImages && !hasSegments;
    }, most: long.MaxValue);
}
