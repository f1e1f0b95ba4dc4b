using Microsoft.ML;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class RowValueTest
{
    [TestMethod]
    public void Get_AskedTwiceARow_ComputesOnceEvenWhereItFails()
    {
        var context = new MLContext();
        IDataView data = context.Data.LoadFromEnumerable(new[] { new TestImages.Row(), new(), new() });
        using DataViewRowCursor cursor = data.GetRowCursor([]);
        int computed = 0;
        var value = new RowValue<string>(cursor, () =>
        {
            computed++;
            return cursor.Position == 1 ? throw new FormatException("bad") : $"{cursor.Position}";
        });

        cursor.MoveNext();
        Assert.AreEqual("0", value.Get());
        Assert.AreEqual("0", value.Get());
        Assert.AreEqual(1, computed);

        cursor.MoveNext();
        Assert.ThrowsExactly<FormatException>(value.Get);
        Assert.AreEqual("bad", Assert.ThrowsExactly<FormatException>(value.Get).Message);
        Assert.AreEqual(2, computed);

        cursor.MoveNext();
        Assert.AreEqual("2", value.Get());
        Assert.AreEqual(3, computed);
    }
}
