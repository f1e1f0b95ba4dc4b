using System.Globalization;
using MLSegmentation.Cli;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
StandardOutput.Guard();
Terminal.Protect();
int code = await CommandLine.RunAsync(args);
return code == ExitCode.Done && StandardOutput.IsLost ? ExitCode.OutputLost : code;
