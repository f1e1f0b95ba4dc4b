namespace MLSegmentation.Tests;

/// <summary>Small image files written by Pillow, which shares no code with what is tested.</summary>
internal static class PillowFiles
{
    /// <summary>Pillow: 8×8, CMYK (64, 0, 0, 128), with an Adobe marker.</summary>
    public static readonly byte[] CmykJpeg = Convert.FromBase64String(
        "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFB"
        + "gSFBUU/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQEC"
        + "AwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dX"
        + "Z3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4E"
        + "QwBNAFkASwAAPwD6or9U6/VOmV//2Q==");

    /// <summary>Pillow: 40×24, r = 6x, g = 10y, b = 3(x + y), quality 75.</summary>
    public static readonly byte[] ProgressiveJpeg = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PT"
        + "gyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wgARCAAY"
        + "ACgDASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAQFBv/EABcBAQEBAQAAAAAAAAAAAAAAAAUDAgb/2gAMAwEAAhADEAAAAeNp0KZRzq"
        + "dCmime2G0ZqQ3gKKSidA2j/8QAFhAAAwAAAAAAAAAAAAAAAAAAAAED/9oACAEBAAEFAlMUxTFMUxTFMUxTFMUxTFMUxTP/xAAaEQACAwEBAAAA"
        + "AAAAAAAAAAAAAgEDBBEh/9oACAEDAQE/AatJVpF0+FTyVPIrzw//xAAYEQEBAQEBAAAAAAAAAAAAAAAAAQIREv/aAAgBAgEBPwGbTb2lSuv/xA"
        + "AUEAEAAAAAAAAAAAAAAAAAAAAw/9oACAEBAAY/An//xAAVEAEBAAAAAAAAAAAAAAAAAAAAYf/aAAgBAQABPyGaaaaaaaaaaaaaab//2gAMAwEA"
        + "AgADAAAAEK6DIoff/8QAFxEBAQEBAAAAAAAAAAAAAAAAAFFhQf/aAAgBAwEBPxDZssXr3ef/xAAWEQEBAQAAAAAAAAAAAAAAAAABABD/2gAIAQ"
        + "IBAT8QxSrLDv/EABcQAQEBAQAAAAAAAAAAAAAAADEAECD/2gAIAQEAAT8QsMGDB4bYYMGDrI5//9k=");

    /// <summary>Pillow: 40×24, gray = 10y, quality 90.</summary>
    public static readonly byte[] GrayJpeg = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGB"
        + "YUGBIUFRT/wAALCAAYACgBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIh"
        + "MUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhI"
        + "WGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APgf"
        + "/hUn/TH9KP8AhUn/AEx/Sj/hUn/TH9KP+FSf9Mf0o/4VJ/0x/SvtX/hUn/TH9KP+FSf9Mf0o/wCFSf8ATH9KP+FSf9Mf0o/4VJ/0x/Svtb/hUn"
        + "/TH9KP+FSf9Mf0o/4VJ/0x/Sj/AIVJ/wBMf0o/4VJ/0x/Sv//Z");

    /// <summary>Pillow: 4×2, (0, 1, 128, 129), (257, 300, 65534, 65535).</summary>
    public static readonly byte[] Gray16Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAQAAAACEAAAAAAKU/78AAAAGklEQVR4nGNkYGBgZKhnYGRgZGTU+f/v/38AERQErWm4vPgAAAAASUVORK5CYI"
        + "I=");

    /// <summary>Pillow: 2×3, (0, 1), (1, 1), (1, 0).</summary>
    public static readonly byte[] Gray1Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADAQAAAACRkeMsAAAADklEQVR4nGNwYDjAdAAABEoBw7axkDAAAAAASUVORK5CYII=");

    /// <summary>Pillow: 5×3, index i mod 2; colour i is (7i, 255 - i, i).</summary>
    public static readonly byte[] Palette1Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADAQMAAABh+Fe7AAAABlBMVEUA/wAH/gGXdJRjAAAADklEQVR4nGMIYFjBEAAAA94BSXfAiOEAAAAASU"
        + "VORK5CYII=");

    /// <summary>Pillow: 5×3, index i mod 4; colour i is (7i, 255 - i, i).</summary>
    public static readonly byte[] Palette2Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADAgMAAAAmWC1rAAAADFBMVEUA/wAH/gEO/QIV/AMcb2e+AAAAEUlEQVR4nGOQZmDIcWDY2AAABd8B+a"
        + "EJsXkAAAAASUVORK5CYII=");

    /// <summary>Pillow: 5×3, index i mod 16; colour i is (7i, 255 - i, i).</summary>
    public static readonly byte[] Palette4Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADBAMAAACpGNjLAAAAMFBMVEUA/wAH/gEO/QIV/AMc+wQj+gUq+QYx+Ac49wg/9glG9QpN9AtU8wxb8g"
        + "1i8Q5p8A+GKXYpAAAAFElEQVR4nGNgVHZgCKuYwLD67AMAECoEG/Wcx0kAAAAASUVORK5CYII=");

    /// <summary>Pillow: 5×4, 24 bits, r = 20x, g = 25y, b = 7xy.</summary>
    public static readonly byte[] Bmp = Convert.FromBase64String(
        "Qk12AAAAAAAAADYAAAAoAAAABQAAAAQAAAABABgAAAAAAEAAAADEDgAAxA4AAAAAAAAAAAAAAEsAFUsUKksoP0s8VEtQAAAyAA4yFBwyKCoyPD"
        + "gyUAAAGQAHGRQOGSgVGTwcGVAAAAAAAAAUAAAoAAA8AABQAA==");
}
