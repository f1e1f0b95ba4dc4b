namespace MLSegmentation.Tests;

[TestClass]
public sealed class CocoReaderTest
{
    /// <summary>The masks were painted by the C code of the COCO API.</summary>
    [TestMethod]
    public void Paint_SetOfTheCocoApi_IsItsMasksInEveryPixel()
    {
        string folder = SharedData.Require("annotations", "coco");
        IAnnotationReader reader = AnnotationFormat.Read(Path.Combine(folder, "annotations.json"), null, null);

        Assert.AreSequenceEqual(["background", "scratch", "pit", "stain"], reader.ClassNames);
        Assert.HasCount(6, reader.Images);
        foreach (AnnotatedImage image in reader.Images)
        {
            uint[] expected = [.. LabelImageReader.Read(Path.Combine(folder, "masks", $"{image.Name}.png")).Values
                .Select(label => label + 1u)];
            CollectionAssert.AreEqual(expected, AnnotationMasks.Paint(reader, image).Keys, image.Name);
        }
    }
}
