namespace MLSegmentation.Tests;

[TestClass]
public sealed class LabelMeReaderTest
{
    private const int Ignored = 255;

    /// <summary>The masks were made by LabelMe, with Pillow.</summary>
    [TestMethod]
    public void Paint_LabelMesOwnExamples_AreItsMasksButForAPixelOrTwo()
    {
        string folder = SharedData.Require("annotations", "labelme");
        string[] names = File.ReadAllLines(Path.Combine(folder, "data_dataset_voc", "class_names.txt"));
        IAnnotationReader reader = AnnotationFormat.Read(Path.Combine(folder, "data_annotated"), null, null);

        Assert.HasCount(3, reader.Images);
        foreach (AnnotatedImage image in reader.Images)
        {
            LabelImage expected = LabelImageReader.Read(
                Path.Combine(folder, "data_dataset_voc", "SegmentationClass", $"{image.Name}.png"));
            uint[] mask = AnnotationMasks.Paint(reader, image).Keys;
            int different = mask.Zip(expected.Values).Count(pixel => ValueOf(pixel.First) != pixel.Second);
            Assert.IsLessThan(3, different, image.Name);
        }

        int ValueOf(uint key) => key switch
        {
            0 => Ignored,
            1 => 0,
            _ => Array.IndexOf(names, reader.ClassNames[(int)key - 1]),
        };
    }
}
