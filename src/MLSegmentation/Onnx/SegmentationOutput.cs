using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>The output of a graph that tells each pixel's class, and its form.</summary>
/// <param name="Value">The output.</param>
/// <param name="Kind">What its numbers are; null where the graph does not tell.</param>
/// <param name="Layout">Where the classes of its scores lie; without meaning for labels.</param>
/// <param name="HasBatch">Whether its first dimension counts images.</param>
/// <param name="Channels">The scores of a pixel; null where their number is free, and for labels.</param>
internal sealed record SegmentationOutput(
    OnnxValueInfo Value, ScoreKind? Kind, TensorLayout Layout, bool HasBatch, int? Channels)
{
    /// <summary>The output's name.</summary>
    public string Name => Value.Name;

    /// <summary>The axis of the scores of a pixel; null where it has one number and no axis for it.</summary>
    public int? ClassAxis => !HasClassAxis ? null : Layout == TensorLayout.ChannelsLast ? Rank - 1 : Rank - 3;

    /// <summary>The axis of the rows.</summary>
    public int HeightAxis => HasClassAxis && Layout == TensorLayout.ChannelsLast ? Rank - 3 : Rank - 2;

    /// <summary>The axis of the columns.</summary>
    public int WidthAxis => HeightAxis + 1;

    private int Rank => Value.Dimensions.Count;

    private bool HasClassAxis => Rank - (HasBatch ? 1 : 0) == 3;

    /// <summary>The form of an output by its shape; null where it is no segmentation's.</summary>
    public static SegmentationOutput? Of(OnnxValueInfo value, ImageInputFormat input)
    {
        bool isFloat = value.ElementType == typeof(float) || value.ElementType == typeof(Float16)
            || value.ElementType == typeof(double);
        bool isLabels = !isFloat && value.ElementType != typeof(string) && value.ElementType != typeof(object);
        IReadOnlyList<int> sizes = value.Dimensions;
        if (isLabels)
        {
            bool isMap = sizes is [_, _, _] or [_, _] or [_, 1, _, _] or [_, _, _, 1];
            TensorLayout labels = sizes is [_, not 1, _, 1] ? TensorLayout.ChannelsLast : TensorLayout.ChannelsFirst;
            return isMap ? new(value, ScoreKind.Labels, labels, HasBatch: sizes.Count > 2, null) : null;
        }
        if (!isFloat || sizes.Count is not (3 or 4)) return null;
        bool hasBatch = sizes.Count == 4;
        var first = new SegmentationOutput(value, null, TensorLayout.ChannelsFirst, hasBatch, null);
        SegmentationOutput last = first with { Layout = TensorLayout.ChannelsLast };
        SegmentationOutput form = last.Fits(input) && !first.Fits(input) ? last : first;
        int channels = sizes[form.ClassAxis!.Value];
        return form with { Channels = channels > 0 ? channels : null };
    }

    private bool Fits(ImageInputFormat input)
    {
        (int height, int width) = (Value.Dimensions[HeightAxis], Value.Dimensions[WidthAxis]);
        if (height < 1 || width < 1 || input.Height is not { } tall || input.Width is not { } wide)
            return Value.Dimensions[ClassAxis!.Value] > 0;
        return (long)height * wide == (long)width * tall;
    }
}
