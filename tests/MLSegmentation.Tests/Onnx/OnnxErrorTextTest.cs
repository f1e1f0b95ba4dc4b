namespace MLSegmentation.Tests;

[TestClass]
public sealed class OnnxErrorTextTest
{
    [TestMethod]
    [DataRow(
        "[ErrorCode:Fail] Non-zero status code returned while running Concat node. Name:'' Status Message: concatbase.h:133 "
        + "PrepareForComputeImpl Non concat axis dimensions must match: Axis 2",
        "ONNX Runtime says: Non concat axis dimensions must match: Axis 2")]
    [DataRow("[ErrorCode:InvalidGraph] Load model failed.\nA\u001b[31m node\r\n is wrong.",
        "ONNX Runtime says: Load model failed. A\\u001B[31m node is wrong")]
    [DataRow(
        "[ErrorCode:Fail] /src/session/provider_bridge_ort.cc:2043 onnxruntime::Provider& onnxruntime::ProviderLibrary::Get() "
        + "[ONNXRuntimeError] : 1 : FAIL : Failed to load library /my app/libonnxruntime_providers_cuda.so with error: "
        + "libcublasLt.so.13: cannot open shared object file: No such file or directory\n",
        "ONNX Runtime says: Failed to load library libonnxruntime_providers_cuda.so with error: libcublasLt.so.13: cannot open "
        + "shared object file: No such file or directory")]
    [DataRow("[ErrorCode:RuntimeException] std::bad_alloc", "ONNX Runtime says: std::bad_alloc")]
    public void Of_Message_KeepsItsWordsOnly(string message, string expected) =>
        Assert.AreEqual(expected, OnnxErrorText.Of(message));

    [TestMethod]
    public void Of_LongMessage_IsShortened() => Assert.IsLessThan(350, OnnxErrorText.Of(new string('x', 100_000)).Length);
}
