using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLSegmentation;

/// <summary>A column that a transformer adds.</summary>
internal sealed record OutputColumn(string Name, DataViewType Type, DataViewSchema.Annotations? Annotations = null);
