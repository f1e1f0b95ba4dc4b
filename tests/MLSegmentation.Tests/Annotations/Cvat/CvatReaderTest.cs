namespace MLSegmentation.Tests;

[TestClass]
public sealed class CvatReaderTest
{
    private const string Labels =
        "<meta><task><labels><label><name>pit</name><attributes/></label><label><name>stain</name></label></labels></task>"
        + "</meta>";

    [TestMethod]
    public void Read_PolygonAndBox_ArePaintedByZOrder() => Require(
        """
        <box label="stain" source="manual" occluded="0" xtl="1.00" ytl="1.00" xbr="4.00" ybr="3.00" z_order="1"></box>
        <polygon label="pit" source="manual" occluded="0" points="0.00,0.00;3.00,0.00;3.00,2.00;0.00,2.00" z_order="0"></polygon>
        """,
        "111000",
        "122200",
        "022200",
        "000000");

    /// <summary>Run lengths go by rows within the box: two outside, three inside, one outside.</summary>
    [TestMethod]
    public void Read_Mask_RunsByRows() => Require(
        """<mask label="pit" rle="2, 3, 1" left="2" top="1" width="3" height="2" z_order="0"></mask>""",
        "000000",
        "000010",
        "001100",
        "000000");

    /// <summary>A box of 4 by 2, turned by a quarter, is one of 2 by 4 around the same middle.</summary>
    [TestMethod]
    public void Read_TurnedBox_TurnsAroundItsMiddle() => Require(
        """<box label="pit" xtl="1" ytl="1" xbr="5" ybr="3" rotation="90" z_order="0"></box>""",
        "001100",
        "001100",
        "001100",
        "001100");

    /// <summary>Of the corners of a square of 4, the middles are 2.12 from its own: beyond a radius of 2.</summary>
    [TestMethod]
    public void Read_Ellipse_HasThePixelsWhoseMiddlesAreInside() => Require(
        """<ellipse label="pit" cx="3" cy="2" rx="2" ry="2" z_order="0"></ellipse>""",
        "001100",
        "011110",
        "011110",
        "001100");

    [TestMethod]
    public void Read_PointsAndLines_HaveNoArea()
    {
        using AnnotationFolder folder = Make(
            """
            <points label="pit" points="1,1"/><polyline label="pit" points="1,1;2,2"/><polygon label="pit" points="1,1;2,2"/>
            """);

        Assert.AreSequenceEqual(
            ["is a points, which has no area", "is a polyline, which has no area", "has 2 points, expected at least 3"],
            AnnotationFolder.Faults(folder.Open("annotations.xml")));
    }

    /// <summary>
    /// A box moves by two columns from frame 0 to frame 2, is outside in frame 3, and in between where nothing says otherwise.
    /// </summary>
    [TestMethod]
    public void Read_Track_GoesFromKeyFrameToKeyFrame()
    {
        using AnnotationFolder folder = new AnnotationFolder();
        for (int frame = 0; frame < 4; frame++) folder.WithImage($"images/frame_00000{frame}.png", 6, 1);
        folder.WithText(
            "annotations.xml",
            $"<annotations><version>1.1</version>{Labels}<track id='0' label='stain' source='manual'>"
            + "<box frame='0' keyframe='1' outside='0' xtl='0' ytl='0' xbr='2' ybr='1' z_order='0'></box>"
            + "<box frame='2' keyframe='1' outside='0' xtl='2' ytl='0' xbr='4' ybr='1' z_order='0'></box>"
            + "<box frame='3' keyframe='1' outside='1' xtl='2' ytl='0' xbr='4' ybr='1' z_order='0'></box></track></annotations>");
        IAnnotationReader reader = folder.Open("annotations.xml");

        Assert.AreSequenceEqual(
            ["220000", "022000", "002200", "000000"],
            reader.Images.Select(image => string.Concat(AnnotationMasks.Paint(reader, image).Keys.Select(key => key - 1))));
    }

    /// <summary>A project that is exported with its images has a folder for each of its parts.</summary>
    [TestMethod]
    public void Read_PartsOfAProject_AreFoldersOfImages()
    {
        using AnnotationFolder folder = new AnnotationFolder()
            .WithImage("images/train/a.png", 6, 4).WithImage("images/val/a.png", 6, 4).WithText(
                "annotations.xml",
                $"<annotations>{Labels}<image id='0' name='a.png' subset='val'/><image id='1' name='a.png' subset='train'/>"
                + "</annotations>");

        IReadOnlyList<AnnotatedImage> images = folder.Open("annotations.xml").Images;

        Assert.AreSequenceEqual(["train/a", "val/a"], images.Select(image => image.Name));
        Assert.AreEqual(Path.GetFullPath(folder["images/train/a.png"]), Path.GetFullPath(images[0].Path));
    }

    /// <summary>Between key frames a polygon is as CVAT has it, also on its way out of the picture.</summary>
    [TestMethod]
    public void Read_TrackOfPolygons_GoesToOneOfMorePoints()
    {
        using AnnotationFolder folder = new AnnotationFolder();
        for (int frame = 0; frame < 3; frame++) folder.WithImage($"images/frame_00000{frame}.png", 8, 1);
        folder.WithText(
            "annotations.xml",
            $"<annotations>{Labels}<track label='pit'><polygon frame='0' outside='0' points='0,0;4,0;4,4;0,4'/>"
            + "<polygon frame='2' outside='1' points='2,0;4,0;6,0;6,4;2,4'/></track></annotations>");
        IAnnotationReader reader = folder.Open("annotations.xml");

        Assert.AreSequenceEqual(
            ["11110000", "01111000", "00000000"],
            reader.Images.Select(image => string.Concat(AnnotationMasks.Paint(reader, image).Keys.Select(key => key - 1))));
    }

    /// <summary>Two key frames are a hundred thousand frames, which cost nothing until they are asked for.</summary>
    [TestMethod]
    public void Read_FarKeyFrames_MakesFramesAsTheyAreAskedFor()
    {
        string points = string.Join(';', Enumerable.Range(0, 10_000).Select(i => $"{i % 100},{i % 77}"));
        using AnnotationFolder folder = new AnnotationFolder().WithText(
            "annotations.xml",
            $"<annotations>{Labels}<track label='pit'><polygon frame='0' points='{points}'/>"
            + $"<polygon frame='99999' points='{points}'/></track></annotations>");

        Assert.HasCount(100_000, CvatFile.Read(folder["annotations.xml"]).Images);
    }

    /// <summary>A few bytes must not claim frames without end, whether by key frames or by the length that they state.</summary>
    [TestMethod]
    [DataRow("", 100_000, "the frames 0 to 100000, expected at most 100000")]
    [DataRow("<stop_frame>2000000000</stop_frame>", 1, "the frames 0 to 2000000000")]
    [DataRow("<stop_frame>9</stop_frame>", 10, "a track has the frame 10, and the stop_frame is 9")]
    public void Open_MoreFramesThanStated_IsAnError(string meta, int last, string words)
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText("annotations.xml", Video(meta, last));

        Assert.Contains(words, Assert.ThrowsExactly<InvalidDataException>(() => folder.Open("annotations.xml")).Message);
    }

    /// <summary>
    /// Of the frames 0, 2, 4, 6 and 8 the object is drawn in 2 and in 4: it is not there before, and stays as it is behind.
    /// </summary>
    [TestMethod]
    public void Open_FramesAroundTheKeyFrames_AreThereAsTheFileStates()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithText(
            "annotations.xml",
            Video("<start_frame>0</start_frame><stop_frame>8</stop_frame><frame_filter>step=2</frame_filter>", 4, first: 2));
        for (int frame = 0; frame <= 8; frame += 2) folder.WithImage($"frame_00000{frame}.png", 4, 1);
        IAnnotationReader reader = folder.Open("annotations.xml");

        Assert.AreSequenceEqual(
            ["0000", "1100", "0011", "0011", "0011"],
            reader.Images.Select(image => string.Concat(AnnotationMasks.Paint(reader, image).Keys.Select(key => key - 1))));
    }

    /// <summary>Where a subset has no folder its images are sought without: two may come to one file.</summary>
    [TestMethod]
    public void Open_SubsetsThatComeToOneImage_AreAnErrorThatNamesBoth()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage("images/a.png", 6, 4).WithText(
            "annotations.xml",
            $"<annotations>{Labels}<image id='0' name='a.png' subset='val'/><image id='1' name='a.png' subset='train'/>"
            + "</annotations>");

        string message = Assert.ThrowsExactly<InvalidDataException>(() => folder.Open("annotations.xml")).Message;

        Assert.Contains("'val/a.png'", message);
        Assert.Contains("'train/a.png'", message);
    }

    [TestMethod]
    public void Open_SubsetWithoutItsFolder_GivesTheNameOfTheFile()
    {
        using AnnotationFolder folder = new AnnotationFolder().WithImage("images/a.png", 6, 4).WithText(
            "annotations.xml", $"<annotations>{Labels}<image id='0' name='a.png' subset='train'/></annotations>");

        Assert.AreEqual("a", folder.Open("annotations.xml").Images.Single().Name);
    }

    [TestMethod]
    [DataRow("<polygon points='1,1;2,2;3,3'/>", "no 'label'")]
    [DataRow("<polygon label='pit'/>", "no 'points'")]
    [DataRow("<polygon label='pit' points='1;2;3'/>", "points '1'")]
    [DataRow("<polygon label='scratch' points='1,1;2,2;3,3'/>", "label 'scratch'")]
    [DataRow("<mask label='pit' rle='2,x' left='0' top='0' width='2' height='2'/>", "rle 'x'")]
    [DataRow("<polygon", "damaged")]
    public void Read_Damaged_SaysWhereAndWhat(string shapes, string words)
    {
        using AnnotationFolder folder = Make(shapes);

        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => AnnotationFolder.Faults(AnnotationFormat.Read(folder["annotations.xml"], null, "cvat")));

        Assert.Contains(words, error.Message);
        Assert.Contains("annotations.xml", error.Message);
    }

    /// <summary>A box of two pixels goes from the left of a picture of four to its right.</summary>
    private static string Video(string meta, int last, int first = 0) =>
        $"<annotations><meta><task>{meta}<labels><label><name>pit</name></label></labels></task></meta><track label='pit'>"
        + $"<box frame='{first}' outside='0' xtl='0' ytl='0' xbr='2' ybr='1'/>"
        + $"<box frame='{last}' outside='0' xtl='2' ytl='0' xbr='4' ybr='1'/></track></annotations>";

    private static void Require(string shapes, params string[] rows)
    {
        using AnnotationFolder folder = Make(shapes);
        IAnnotationReader reader = folder.Open("annotations.xml");
        Assert.AreSequenceEqual(["background", "pit", "stain"], reader.ClassNames);
        AnnotationFolder.RequireMask(reader, rows);
    }

    private static AnnotationFolder Make(string shapes) => new AnnotationFolder().WithImage("images/a.png", 6, 4).WithText(
        "annotations.xml",
        $"<?xml version='1.0' encoding='utf-8'?><annotations><version>1.1</version>{Labels}"
        + $"<image id='0' name='a.png' width='6' height='4'>{shapes}</image></annotations>");
}
