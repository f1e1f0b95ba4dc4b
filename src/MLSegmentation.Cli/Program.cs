using System.Globalization;
using MLSegmentation.Cli;
using MLSegmentation.Cli.Display;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Terminal.Protect();
return await CommandLine.RunAsync(args);
