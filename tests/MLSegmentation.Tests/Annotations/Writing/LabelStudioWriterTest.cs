using System.Text.Json;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class LabelStudioWriterTest
{
    /// <summary>The bytes that <c>encode_rle</c> gives: 8 values outside, 8 inside, 4 outside, 8 inside, 4 outside.</summary>
    [TestMethod]
    public void Add_Mask_HasTheBitsOfABrush()
    {
        JsonElement result = Write(RegionForm.Mask, null, "0011", "0110").GetProperty("annotations")[0].GetProperty("result")[0];

        Assert.AreEqual("brushlabels", result.GetProperty("type").GetString());
        Assert.AreEqual(
            """{"format":"rle","rle":[0,0,0,32,57,27,252,224,19,255,198,1,63,252,96,0],"brushlabels":["pit"]}""",
            result.GetProperty("value").GetRawText());
    }

    [TestMethod]
    public void Add_Prediction_HasScoresAndPointsInPerCent()
    {
        JsonElement prediction = Write(RegionForm.Polygon, "model.onnx", "1100", "1101").GetProperty("predictions")[0];
        JsonElement.ArrayEnumerator results = prediction.GetProperty("result").EnumerateArray();

        Assert.AreEqual("model.onnx", prediction.GetProperty("model_version").GetString());
        Assert.AreEqual(0.625, prediction.GetProperty("score").GetDouble());
        Assert.AreSequenceEqual([0.75, 0.5], results.Select(result => result.GetProperty("score").GetDouble()));
        Assert.AreEqual(
            """{"points":[[0,0],[50,0],[50,100],[0,100]],"closed":true,"polygonlabels":["pit"]}""",
            results.First().GetProperty("value").GetRawText());
    }

    private static JsonElement Write(RegionForm form, string? model, params string[] rows)
    {
        using var folder = new WrittenFolder();
        string path = folder.Write(
            "label-studio",
            new AnnotationWriterOptions
            {
                Classes = WrittenClasses.Of(["background", "pit"]),
                Form = form,
                Tolerance = 0,
                Model = model,
            },
            folder.Predicted(rows));
        JsonElement task = JsonDocument.Parse(File.ReadAllText(path)).RootElement[0];
        Assert.AreEqual("/data/local-files/?d=a%201.png", task.GetProperty("data").GetProperty("image").GetString());
        return task;
    }
}
