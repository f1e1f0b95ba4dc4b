// Writes a COCO file of so many megabytes, reads it as mlContext.Data.LoadAnnotations does, paints every mask, and prints how
// long that takes and the most memory that the process had.
using System.Diagnostics;
using System.Globalization;
using MLSegmentation;

if (args is not [var folder, var size])
{
    Console.Error.WriteLine("Usage: LargeAnnotations FOLDER MEGABYTES");
    return 2;
}
const int Width = 640, Height = 480, Points = 60, RegionsOfImage = 40;
Directory.CreateDirectory(folder);
string file = Path.Combine(folder, "large.json");
long bytes = long.Parse(size, CultureInfo.InvariantCulture) << 20;
int images = Write(file, bytes);
Console.WriteLine(
    $"{new FileInfo(file).Length >> 20} MB, {images} images of {Width}x{Height}, {images * RegionsOfImage} polygons.");

long before = Process.GetCurrentProcess().PeakWorkingSet64;
var watch = Stopwatch.StartNew();
IAnnotationReader reader = AnnotationFormat.Read(file, folder, null);
TimeSpan opened = watch.Elapsed;
long painted = 0;
Parallel.ForEach(reader.Images, image => Interlocked.Add(ref painted, AnnotationMasks.Paint(reader, image).Covered));
using var process = Process.GetCurrentProcess();
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"Opened in {opened.TotalSeconds:F1} s, painted in {(watch.Elapsed - opened).TotalSeconds:F1} s; the most memory was "
    + $"{process.PeakWorkingSet64 >> 20} MB, {before >> 20} MB before it was opened."));
return 0;

int Write(string path, long length)
{
    var random = new Random(1);
    // As many images as the annotations need: one of them takes about so many bytes.
    int count = (int)(length / (RegionsOfImage * ((Points * 13) + 90)));
    using var writer = new StreamWriter(path);
    writer.Write("{\"categories\":[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"b\"}],\"images\":[");
    byte[] gray = new byte[Width * Height];
    PngWriter.WriteGray(Path.Combine(folder, "image.png"), gray, Width, Height);
    for (int i = 0; i < count; i++)
    {
        string name = $"image{i}.png";
        if (!File.Exists(Path.Combine(folder, name))) File.CreateSymbolicLink(Path.Combine(folder, name), "image.png");
        writer.Write($"{(i > 0 ? "," : "")}{{\"id\":{i},\"file_name\":\"{name}\",\"width\":{Width},\"height\":{Height}}}");
    }
    writer.Write("],\"annotations\":[");
    for (int i = 0; i < count * RegionsOfImage; i++)
    {
        // Those of one image are far apart in the file.
        writer.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{(i > 0 ? "," : "")}{{\"id\":{i},\"image_id\":{i % count},\"category_id\":{(i % 2) + 1},\"segmentation\":[["));
        double x = random.Next(Width), y = random.Next(Height);
        for (int point = 0; point < Points; point++)
        {
            double angle = 2 * Math.PI * point / Points, radius = 20 + (20 * random.NextDouble());
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{(point > 0 ? "," : "")}{x + (radius * Math.Cos(angle)):F2},{y + (radius * Math.Sin(angle)):F2}"));
        }
        writer.Write("]]}");
    }
    writer.Write("]}");
    return count;
}
