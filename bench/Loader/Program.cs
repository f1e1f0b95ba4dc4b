// CPU milliseconds that a training image costs the loader: against scalar passes, with each change alone, and as batches on one
// and more threads. CPU time of this process is counted, so that a busy machine changes little.
using System.CommandLine;
using Loader;

var width = new Option<int>("--width") { Description = "Columns of a window.", DefaultValueFactory = _ => 448 };
var height = new Option<int>("--height") { Description = "Rows of a window.", DefaultValueFactory = _ => 352 };
var batch = new Option<int>("--batch") { Description = "Images in a batch.", DefaultValueFactory = _ => 8 };
var seconds = new Option<double>("--seconds") { Description = "CPU seconds of each figure.", DefaultValueFactory = _ => 1 };
var threads = new Option<int[]>("--threads")
{
    Description = "Numbers of threads to make batches on.",
    DefaultValueFactory = _ => [1, 2],
    AllowMultipleArgumentsPerToken = true,
};
var networks = new Option<string[]>("--networks")
{
    Description = "Print what part of a training step of these networks the loader is, and nothing else.",
    AllowMultipleArgumentsPerToken = true,
};
var command = new RootCommand("Times the loader.") { width, height, batch, seconds, threads, networks };
command.SetAction(parsed =>
{
    var bench = new LoaderBench(
        parsed.GetValue(width), parsed.GetValue(height), parsed.GetValue(batch), parsed.GetValue(seconds));
    if (parsed.GetValue(networks) is { Length: > 0 } names) bench.PrintShares(names);
    else bench.PrintAll(parsed.GetValue(threads)!);
});
return command.Parse(args).Invoke();
