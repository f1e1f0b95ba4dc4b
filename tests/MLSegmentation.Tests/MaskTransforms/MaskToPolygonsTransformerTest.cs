using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class MaskToPolygonsTransformerTest
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Transform_MaskOfOneSize_GivesATextForEachClass()
    {
        IDataView data = MaskRows.OfOneSize(_ml, TestMask.Parse("113", "113"));

        IDataView traced = _ml.Transforms.MaskToPolygons("Polygons", "Mask").Fit(data).Transform(data);

        CollectionAssert.AreEqual(
            new[]
            {
                """{"type":"MultiPolygon","coordinates":[[[[0,0],[2,0],[2,2],[0,2],[0,0]]]]}""",
                """{"type":"MultiPolygon","coordinates":[]}""",
                """{"type":"MultiPolygon","coordinates":[[[[2,0],[3,0],[3,2],[2,2],[2,0]]]]}""",
            },
            traced.GetColumn<string[]>("Polygons").Single());
        Assert.AreEqual("Vector<String, 3>", traced.Schema["Polygons"].Type.ToString());
        CollectionAssert.AreEqual(MaskRows.Classes, MaskRows.Names(traced.Schema["Polygons"], "SlotNames"));
    }

    [TestMethod]
    public void Transform_MasksOfAnySize_FillsBackToThemAlsoAfterAZip()
    {
        TestMask[] masks = [.. RandomMasks.Small(20).Concat(RandomMasks.Shapes())];
        IDataView data = MaskRows.OfAnySize(_ml, masks);
        MaskToPolygonsTransformer transformer = _ml.Transforms.MaskToPolygons("Polygons", "Mask", "Image").Fit(data);

        foreach (IDataView traced in new[] { transformer.Transform(data), MaskRows.TransformLoaded(_ml, transformer, data) })
        {
            string[][] rows = [.. traced.GetColumn<string[]>("Polygons")];
            for (int i = 0; i < masks.Length; i++)
            {
                var filled = new uint[masks[i].Keys.Length];
                for (uint key = 1; key <= 3; key++)
                    MaskPolygons.Fill(Polygons(rows[i][key - 1], key), filled, masks[i].Width, masks[i].Height);
                CollectionAssert.AreEqual(masks[i].Keys, filled, masks[i].ToString());
            }
        }
    }

    [TestMethod]
    public void Fit_MaskOfVariableLengthWithoutImages_SaysWhatToGive()
    {
        IDataView data = MaskRows.OfAnySize(_ml, TestMask.Parse("12"));

        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _ml.Transforms.MaskToPolygons("Polygons", "Mask").Fit(data)).Message;

        StringAssert.Contains(message, "imageColumnName");
    }

    [TestMethod]
    public void GetOutputSchema_Polygons_AreNamedTexts()
    {
        IDataView data = MaskRows.OfOneSize(_ml, TestMask.Parse("12"));
        MaskToPolygonsEstimator estimator = _ml.Transforms.MaskToPolygons("Polygons", "Mask");

        SchemaShape.Column promised = estimator.GetOutputSchema(MaskRows.Shape(data.Schema))
            .Single(column => column.Name == "Polygons");
        SchemaShape.Column found = MaskRows.Shape(estimator.Fit(data).GetOutputSchema(data.Schema))
            .Single(column => column.Name == "Polygons");

        Assert.AreEqual((found.Kind, found.ItemType), (promised.Kind, promised.ItemType));
        Assert.IsTrue(promised.Annotations.Any(annotation => annotation.Name == "SlotNames"));
    }

    private static IEnumerable<MaskPolygon> Polygons(string geometry, uint key)
    {
        foreach (JsonElement polygon in JsonDocument.Parse(geometry).RootElement.GetProperty("coordinates").EnumerateArray())
        {
            PixelPoint[][] rings =
                [.. polygon.EnumerateArray()
                    .Select(
                        ring => ring.EnumerateArray()
                            .Select(point => new PixelPoint(point[0].GetInt32(), point[1].GetInt32())).ToArray())];
            yield return new MaskPolygon(key, rings[0], rings[1..]);
        }
    }
}
