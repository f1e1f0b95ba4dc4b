using System.Text;
using SkiaSharp;

namespace MLSegmentation;

/// <summary>
/// Letters of 5×8 dots for ASCII, drawn for this project; a letter with an accent is drawn without, another character as a box.
/// </summary>
internal static class PixelGlyphs
{
    private const int Columns = 5, Rows = 8, LineHeight = Rows + 2, First = ' ', Last = '~';

    /// <summary>The hexadecimal columns of each glyph from the space on, left to right; the lowest bit is the top row.</summary>
    private static readonly string[] _glyphs =
    [
        // space ! " # $ % & '
        "0000000000", "00005F0000", "0003000300", "147F147F14", "242A7F2A12", "2313086462", "3649552250", "0000030000",
        // ( ) * + , - . /
        "001C224100", "0041221C00", "14083E0814", "08083E0808", "0080600000", "0808080808", "0000600000", "6010080403",
        // 0 to 7
        "3E4141413E", "00427F4000", "6251494946", "2241494936", "1814127F10", "2745454539", "3E49494932", "0171090503",
        // 8 9 : ; < = > ?
        "3649494936", "264949493E", "0000240000", "0080640000", "0814224100", "1414141414", "0041221408", "0201510906",
        // @ A to G
        "3E415D551E", "7C1211127C", "7F49494936", "3E41414122", "7F4141413E", "7F49494941", "7F09090901", "3E4149497A",
        // H to O
        "7F0808087F", "00417F4100", "2040413F01", "7F08142241", "7F40404040", "7F020C027F", "7F0408107F", "3E4141413E",
        // P to W
        "7F09090906", "3E4151215E", "7F09192946", "2649494932", "01017F0101", "3F4040403F", "1F2040201F", "7F2018207F",
        // X Y Z [ \ ] ^ _
        "6314081463", "0304780403", "6151494543", "007F414100", "0304081060", "0041417F00", "0402010204", "4040404040",
        // ` a to g
        "0001020000", "2054545478", "7F48444438", "3844444428", "384444487F", "3854545418", "08087E0902", "18A4A4A47C",
        // h to o
        "7F08040478", "00447D4000", "4080847D00", "7F10284400", "00417F4000", "7C04780478", "7C08040478", "3844444438",
        // p to w
        "FC24242418", "18242424FC", "7C08040408", "4854545424", "04043F4424", "3C4040207C", "1C2040201C", "3C4030403C",
        // x y z { | } ~
        "4428102844", "1CA0A0A07C", "4464544C44", "0008364100", "00007F0000", "0041360800", "0804080804",
    ];

    /// <summary>
    /// Width and height of a line: a dot is a tenth of the size, in whole pixels; glyphs stand a dot apart, lines two.
    /// </summary>
    public static SKSize Measure(string text, float size)
    {
        float dot = Dot(size);
        return new SKSize(((Columns + 1) * text.Length - 1) * dot, LineHeight * dot);
    }

    /// <summary>Draws a line of text whose upper left corner is given.</summary>
    public static void Draw(SKCanvas canvas, string text, SKPoint corner, float size, SKPaint paint)
    {
        float dot = Dot(size);
        foreach ((int index, char drawn) in text.Index())
        {
            char letter = char.IsSurrogate(drawn) ? drawn : drawn.ToString().Normalize(NormalizationForm.FormD)[0];
            string glyph = letter is >= (char)First and <= (char)Last ? _glyphs[letter - First] : "7F4141417F";
            for (int column = 0; column < Columns; column++)
            {
                int bits = Convert.ToInt32(glyph.Substring(2 * column, 2), 16);
                float x = corner.X + ((((Columns + 1) * index) + column) * dot);
                for (int row = 0; row < Rows; row++)
                {
                    if ((bits >> row & 1) == 1)
                    {
                        canvas.DrawRect(x, corner.Y + ((row + 1) * dot), dot, dot, paint);
                    }
                }
            }
        }
    }

    private static float Dot(float size) => MathF.Max(1, MathF.Round(size / 10));
}
