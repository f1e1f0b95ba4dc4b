namespace MLSegmentation;

/// <summary>Colours to show classes in.</summary>
public static class Palette
{
    private const int MostColours = 1 << 24;

    /// <summary>
    /// The colour map of the Pascal VOC challenge: class 0 is black, class 1 dark red, class 2 dark green and so on. The bits of
    /// the class number are dealt out to red, green and blue in turn, from each colour's highest bit down. So neighbouring
    /// numbers look different. The map of fewer classes is the start of the map of more. The challenge's map has 256 colours; the
    /// same rule goes on behind them until every colour is used once.
    /// </summary>
    /// <param name="classes">The number of classes, 0 to 16,777,216.</param>
    /// <returns>One colour a class. Class 15 (VOC's person) is (192, 128, 128).</returns>
    /// <remarks>
    /// <see cref="MaskOverlay"/> leaves class 0 unpainted where its colour is black, as it is here. In a set whose class 0 is
    /// something to see, give it a colour of its own.
    /// Source: Everingham et al., VOC development kit, <c>VOClabelcolormap.m</c>.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 0 classes or more than colours.</exception>
    public static Rgb[] Voc(int classes)
    {
        if (classes is < 0 or > MostColours)
        {
            throw new ArgumentOutOfRangeException(
                nameof(classes), classes, $"Expected 0 to {MostColours:N0} classes, a colour for each.");
        }
        var colours = new Rgb[classes];
        for (int index = 0; index < classes; index++) colours[index] = VocColour(index);
        return colours;
    }

    private static Rgb VocColour(int index)
    {
        int r = 0, g = 0, b = 0;
        for (int bit = 7; index != 0; bit--, index >>= 3)
        {
            r |= (index & 1) << bit;
            g |= (index >> 1 & 1) << bit;
            b |= (index >> 2 & 1) << bit;
        }
        return new Rgb((byte)r, (byte)g, (byte)b);
    }
}
