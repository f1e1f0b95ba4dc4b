/// <summary>An image file.</summary>
internal sealed class Source
{
    public string Path { get; set; } = "";
}
