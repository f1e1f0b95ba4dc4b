using Microsoft.ML;
using Microsoft.ML.Data;

// Scores images with a zip of the stock pipeline, in a process that has ML.NET and nothing of this project: prints a line an
// image.
string zip = args[0];
var context = new MLContext(1);
ITransformer model = context.Model.Load(zip, out _);
IDataView scored = model.Transform(context.Data.LoadFromEnumerable(args[1..].Select(path => new ImageRow { ImagePath = path })));
foreach (uint[] mask in scored.GetColumn<uint[]>("Mask")) Console.WriteLine(string.Join(' ', mask));

internal sealed class ImageRow
{
    public string ImagePath { get; set; } = "";
}
