using FreshProcess;
using Microsoft.ML;

// Loads a zip with plain Model.Load, nothing registered, and prints what each check made of it, a line a check.
string zip = args[0], folder = args[1];
var context = new MLContext(1);
ITransformer model = context.Model.Load(zip, out _);
foreach ((string check, string result) in PipelineChecks.Run(context, model, folder)) Console.WriteLine($"{check}={result}");
