// Trains the convolutional autoencoder on MNIST and draws what it learnt: digits beside their reconstructions, the two latent
// values of each digit, and what the decoder makes of the places between them.
using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation;
using MLSegmentation.Pictures;
using MLSegmentation.Training;

const string TrainImages = "train-images-idx3-ubyte.gz", TestImages = "t10k-images-idx3-ubyte.gz";
const string TestLabels = "t10k-labels-idx1-ubyte.gz";
string[] files = [TrainImages, TestImages, TestLabels];
if (args.Length is not (1 or 2) || files.Any(file => !File.Exists(Path.Combine(args[0], file))))
{
    Console.Error.WriteLine($"Give the folder with MNIST's {string.Join(", ", files)}, and a number of epochs if not 10:");
    Console.Error.WriteLine("dotnet run -c Release --project pipelines/DigitsAutoencoder -- FOLDER [EPOCHS]");
    return 2;
}

var mlContext = new MLContext(seed: 1);
IDataView training = mlContext.Data.LoadIdxImages(Path.Combine(args[0], TrainImages));
IDataView test = mlContext.Data.LoadIdxImages(Path.Combine(args[0], TestImages), Path.Combine(args[0], TestLabels));
string output = Directory.CreateDirectory(Path.Combine("out", "digits")).FullName;

var trainer = mlContext.Segmentation.Trainers.ConvolutionalAutoencoder(new AutoencoderTrainerOptions
{
    Latent = 2,
    Epochs = args.Length == 2 ? int.Parse(args[1]) : 10,
    Progress = new ProgressLines(),
});
using ReconstructImageTransformer model = trainer.Fit(training);
IDataView scored = model.Transform(test);

// Digits over their reconstructions. A row's images live until the next row is read.
const int Columns = 16;
using (var sheet = new ImageSheet(Columns, rows: 2, tileWidth: 42, tileHeight: 42) { RowCaptions = ["input", "reconstruction"] })
{
    foreach (var (column, digit) in mlContext.Data.CreateEnumerable<Digit>(scored, reuseRowObject: true).Take(Columns).Index())
    {
        sheet.SetImage(column, 0, digit.Image);
        sheet.SetImage(column, 1, digit.Reconstruction);
    }
    sheet.Write(Path.Combine(output, "reconstructions.png"));
}

// Where the test digits lie in the latent space, a colour for each digit.
List<DigitCode> codes = [.. mlContext.Data.CreateEnumerable<DigitCode>(scored, reuseRowObject: false)];
Console.WriteLine($"mean squared error on {TestImages}: {codes.Average(code => code.ReconstructionError):F4}");
PlotSeries[] digits = [.. codes.GroupBy(code => code.Label).OrderBy(group => group.Key).Select(group => new PlotSeries(
    $"{group.Key - 1}",
    [.. group.Take(300).Select(code => (double)code.Latent[0])],
    [.. group.Take(300).Select(code => (double)code.Latent[1])]))];
Plots.WriteScatter(
    Path.Combine(output, "latent-space.png"), "MNIST test digits in the latent space", "latent value 1",
    "latent value 2", digits);

// The manifold: the space decoded on a grid, its lines at equal shares of the digits, so that it shows where digits are.
const int Steps = 20;
float[] Lines(int axis)
{
    float[] values = [.. codes.Select(code => code.Latent[axis]).Order()];
    return [.. Enumerable.Range(0, Steps).Select(step => values[(int)((step + 0.5) / Steps * values.Length)])];
}
float[] across = Lines(0), up = Lines(1);
using (var decoder = new LatentDecoder(model))
using (var sheet = new ImageSheet(Steps, Steps, tileWidth: 28, tileHeight: 28, gap: 0))
{
    for (int i = 0; i < Steps * Steps; i++)
    {
        using MLImage decoded = decoder.Decode(across[i % Steps], up[^(i / Steps + 1)]);
        sheet.SetImage(i % Steps, i / Steps, decoded);
    }
    sheet.Write(Path.Combine(output, "manifold.png"));
}
Console.WriteLine($"The pictures are in {output}");
return 0;
