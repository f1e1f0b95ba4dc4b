using FreshProcess;
using Microsoft.ML;

// Loads a zip with plain Model.Load, nothing registered, and prints what each check made of it, a line a check.
// Of a folder alone it loads every kept zip, and prints how their results differ from those that were kept.
if (args is [string kept])
{
    foreach (string difference in Directory.GetFiles(kept, "*.zip").SelectMany(KeptFile.DifferencesOfZip))
        Console.WriteLine(difference);
    return;
}
string zip = args[0], folder = args[1];
var context = new MLContext(1);
ITransformer model = context.Model.Load(zip, out _);
foreach ((string check, string result) in PipelineChecks.Run(context, model, folder)) Console.WriteLine($"{check}={result}");
