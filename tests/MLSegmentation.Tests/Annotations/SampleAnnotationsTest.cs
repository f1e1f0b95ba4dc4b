namespace MLSegmentation.Tests;

[TestClass]
public sealed class SampleAnnotationsTest
{
    [TestMethod]
    public void SampleSet_AsCoco_HasTheMasksOfTheSet()
    {
        string surfaces = Path.Combine(SharedData.Repository, "data", "surfaces");
        IAnnotationReader reader = AnnotationFormat.Read(Path.Combine(surfaces, "annotations.json"), null, null);

        Assert.AreSequenceEqual(["background", "scratch", "pit", "stain"], reader.ClassNames);
        Assert.HasCount(80, reader.Images);
        foreach (AnnotatedImage image in reader.Images)
        {
            CollectionAssert.AreEqual(
                LabelImageReader.Read(Path.Combine(surfaces, "masks", $"{image.Name}.png")).Values
                    .Select(value => value + 1u).ToArray(),
                AnnotationMasks.Paint(reader, image).Keys, image.Name);
        }
    }
}
