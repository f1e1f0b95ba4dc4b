namespace MLSegmentation.Tests;

[TestClass]
public sealed class MidSentenceTest
{
    [TestMethod]
    [DataRow("The model file 'The one.onnx'", "the model file 'The one.onnx'")]
    [DataRow("The model", "the model")]
    [DataRow("Theory", "Theory")]
    [DataRow("", "")]
    public void Of_WhatBeginsASentence_HasASmallLetter(string text, string expected) =>
        Assert.AreEqual(expected, MidSentence.Of(text));
}
