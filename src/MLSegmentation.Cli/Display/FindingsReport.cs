namespace MLSegmentation.Cli;

/// <summary>The findings of a data check as text and as JSON.</summary>
internal static class FindingsReport
{
    private const int Named = 10;

    /// <summary>A paragraph for each kind of finding: what it is, where it is, and what to do.</summary>
    public static string ToText(IEnumerable<DataFinding> findings) =>
        string.Join(Environment.NewLine, ByKind(findings).SelectMany(kind => (string[])
    [
        $"{Name(kind[0].Severity)} {kind[0].Check}: {kind.Length}",
        .. kind.Take(Named).Select(one => $"  {Describe(one)}"),
        .. More(kind),
        $"  -> {kind[0].Fix}",
    ]));

    /// <summary>One sentence for each kind of finding.</summary>
    public static string ToLine(IEnumerable<DataFinding> findings) => string.Join(' ', ByKind(findings).Select(kind =>
        $"{Describe(kind[0]).TrimEnd('.')}{(kind.Length > 1 ? $", and {kind.Length - 1} more of this kind" : "")}. "
        + $"{kind[0].Fix}"));

    /// <summary>Throws where there are errors.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="done">What is not done with such data, such as <c>trained</c>.</param>
    /// <exception cref="InvalidDataException">There is an error.</exception>
    public static void RequireNoErrors(IEnumerable<DataFinding> findings, string done)
    {
        DataFinding[] errors = [.. findings.Where(one => one.Severity == FindingSeverity.Error)];
        if (errors.Length == 0) return;
        throw new InvalidDataException(
            $"The data has {Plural.Of(errors.Length, "error")}, so nothing was {done}. {ToLine(errors)} 'mlseg check' shows "
            + "all.");
    }

    /// <summary>The object that <c>--json</c> prints.</summary>
    public static object ToJson(DataReport report) => new
    {
        images = report.Images,
        errors = report.Errors,
        warnings = report.Warnings,
        classes = report.ClassNames,
        findings = report.Findings.Select(one => new
        {
            severity = Name(one.Severity),
            check = one.Check,
            file = one.File,
            part = one.Part,
            found = one.Found,
            fix = one.Fix,
        }),
    };

    private static IEnumerable<DataFinding[]> ByKind(IEnumerable<DataFinding> findings) =>
        findings.GroupBy(one => (one.Severity, one.Check, one.Fix)).Select(kind => kind.ToArray());

    private static string Describe(DataFinding finding) => finding.File is { } file
        ? $"'{file}'{(finding.Part is { } part ? $" ({part})" : "")} {finding.Found}"
        : finding.Found;

    private static string[] More(DataFinding[] kind) => kind.Length > Named ? [$"  and {kind.Length - Named} more"] : [];

    private static string Name(FindingSeverity severity) => severity == FindingSeverity.Error ? "error" : "warning";
}
