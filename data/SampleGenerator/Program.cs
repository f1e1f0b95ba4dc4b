using MLSegmentation.SampleGenerator;

if (args.Length != 1)
{
    Console.Error.WriteLine(
        "usage: dotnet run -c Release --project data/SampleGenerator -- FOLDER   (the committed set is data/surfaces)");
    return 2;
}
SampleWriter.Write(args[0]);
Console.WriteLine($"{SampleSet.Count} samples written to {Path.GetFullPath(args[0])}");
return 0;
