namespace MLSegmentation.Tests;

[TestClass]
public sealed class BadImageTest
{
    [TestMethod]
    [DataRow(typeof(InvalidDataException), true)]
    [DataRow(typeof(FileNotFoundException), true)]
    [DataRow(typeof(DirectoryNotFoundException), true)]
    [DataRow(typeof(PathTooLongException), true)]
    [DataRow(typeof(IOException), true)]
    [DataRow(typeof(UnauthorizedAccessException), true)]
    [DataRow(typeof(ArgumentException), true)]
    [DataRow(typeof(InvalidOperationException), true)]
    [DataRow(typeof(ObjectDisposedException), false)]
    [DataRow(typeof(OperationCanceledException), false)]
    [DataRow(typeof(OutOfMemoryException), false)]
    [DataRow(typeof(NullReferenceException), false)]
    public void Is_Exception_TellsTheImagesOwn(Type error, bool expected)
    {
        var exception = (Exception)(error == typeof(ObjectDisposedException)
            ? new ObjectDisposedException("model")
            : Activator.CreateInstance(error)!);

        Assert.AreEqual(expected, BadImage.Is(exception));
    }
}
