namespace MLSegmentation.Training.Tests;

/// <summary>The code that README.md and the pages in docs/ show compiles and runs, and does what is said beside it.</summary>
[TestClass]
public sealed class DocumentationTest
{
    private static CompiledPages _pages = null!;

    private readonly PageFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    [ClassInitialize]
    public static void Build(TestContext context) => _pages = CompiledPages.Build();

    [ClassCleanup]
    public static void CleanupPages() => _pages.Dispose();

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    [DataRow("README", "mean IoU|surface_060: |pixels are damaged", "model.zip")]
    [DataRow("scoring", "surface_060: |pixels are damaged|mean IoU|MultiPolygon", "surface_060.png|surface_061.png|mask.png")]
    [DataRow("training", "100 % loss |fold 1: mean IoU |mean squared error 0.", "model.onnx|model.zip")]
    [DataRow("networks", "stage5_block2_residual", "")]
    [DataRow("plan", "up matters|precision|length", "")]
    [DataRow("data", "Name, ImagePath, MaskPath, Image, Label|6 images, 0 errors", "")]
    [DataRow("deployment", "", "stock.zip")]
    [DataRow(
        "foreign-models",
        "classes|mean=0.5 |scale=1,mean=123.675,116.28,103.53|prepared: not said|background, foreground: |rest, object",
        "foreign.zip|adopted.onnx")]
    [DataRow("execution-providers", "The model runs on |Known provider: False", "")]
    [DataRow("extending", "Swish of 1 is 0.7311|True|soft IoU 0.67|1 0.5000 0.0000", "")]
    public void Page_AllCode_CompilesAndRuns(string page, string said, string written)
    {
        const StringSplitOptions Some = StringSplitOptions.RemoveEmptyEntries;
        string[] files = written.Split('|', Some);
        foreach (string file in files) File.Delete(_folder[file]);

        string output = _pages.Run(page, _folder.Path);

        foreach (string expected in said.Split('|', Some)) Assert.Contains(expected, output);
        foreach (string file in files) Assert.IsTrue(File.Exists(_folder[file]), $"{file} was not written: {output}");
    }

    [TestMethod]
    public void Pages_WithCode_AreAllRun()
    {
        string[] run = [.. typeof(DocumentationTest).GetMethod(nameof(Page_AllCode_CompilesAndRuns))!
            .GetCustomAttributes(typeof(DataRowAttribute), inherit: false)
            .Cast<DataRowAttribute>().Select(row => (string)row.Data[0]!)];

        CollectionAssert.AreEquivalent(_pages.Programs.ToArray(), (string[])[.. run, "deployment-web"]);
    }

    [TestMethod]
    public async Task Deployment_WebEndpoint_AnswersTheMaskOfAnImage()
    {
        string image = _folder["photos/images/surface_060.jpg"];
        CancellationToken stop = TestContext.CancellationToken;

        byte[] answer;
        using (var service = WebService.Start(_pages.Application, "deployment-web", _folder.Path))
        using (var client = new HttpClient { BaseAddress = await service.AddressAsync(stop) })
        using (var photo = new ByteArrayContent(File.ReadAllBytes(image)))
        using (HttpResponseMessage response = await client.PostAsync("segment", photo, stop))
        {
            Assert.AreEqual("image/png", response.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType);
            answer = await response.Content.ReadAsByteArrayAsync(stop);
        }

        using var model = SegmentationModel.Load(_folder["model.onnx"]);
        SegmentationResult mask = model.Segment(image);
        CollectionAssert.AreEqual(MaskPng.Encode(mask.Mask.Span, mask.Width, mask.Height, model.Palette), answer);
    }
}
