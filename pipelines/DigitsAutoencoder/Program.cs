// Trains the convolutional autoencoder on MNIST, measures it on the test images, and shows digits beside their reconstructions.
using Microsoft.ML;
using Microsoft.ML.Data;
using MLSegmentation.Images;
using MLSegmentation.Training;
using MLSegmentation.Transforms;

const string TrainFile = "train-images-idx3-ubyte.gz", TestFile = "t10k-images-idx3-ubyte.gz", Picture = "digits.png";
if (args.Length != 1 || !File.Exists(Path.Combine(args[0], TrainFile)) || !File.Exists(Path.Combine(args[0], TestFile)))
{
    Console.Error.WriteLine($"Give the folder with MNIST's {TrainFile} and {TestFile}:");
    Console.Error.WriteLine("dotnet run -c Release --project pipelines/DigitsAutoencoder -- FOLDER");
    return 2;
}

var mlContext = new MLContext(seed: 1);
IDataView training = mlContext.Data.LoadIdxImages(Path.Combine(args[0], TrainFile));
IDataView test = mlContext.Data.LoadIdxImages(Path.Combine(args[0], TestFile));

var trainer = mlContext.Segmentation().Trainers().ConvolutionalAutoencoder(new AutoencoderTrainerOptions
{
    Latent = 2,
    Epochs = 10,
    Progress = new ProgressLines(),
});
using ReconstructImageTransformer model = trainer.Fit(training);
IDataView scored = model.Transform(test);
Console.WriteLine($"mean squared error on {TestFile}: {scored.GetColumn<float>("ReconstructionError").Average():F4}");

// A row of digits over the row of their reconstructions. A row's images live until the next row is read.
const int Columns = 16;
var sheet = new ContactSheet(Columns, rows: 2, width: 28, height: 28);
foreach (var (column, digit) in mlContext.Data.CreateEnumerable<Digit>(scored, reuseRowObject: true).Take(Columns).Index())
{
    sheet.Paste(digit.Image, column, row: 0);
    sheet.Paste(digit.Reconstruction, column, row: 1);
}
using MLImage picture = sheet.ToImage();
PngWriter.WriteRgb(Picture, picture);
Console.WriteLine($"Digits and reconstructions are in {Path.GetFullPath(Picture)}");
return 0;
