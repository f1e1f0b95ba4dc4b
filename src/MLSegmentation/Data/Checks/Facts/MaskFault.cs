namespace MLSegmentation;

/// <summary>Why a mask has no label values.</summary>
/// <param name="Kind">What kind of reason.</param>
/// <param name="Message">What was found, without the file's name.</param>
internal sealed record MaskFault(MaskFaultKind Kind, string Message);
