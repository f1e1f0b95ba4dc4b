using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLSegmentation.Cli.Tests;

[TestClass]
public sealed class ToolContextTest
{
    [TestMethod]
    public void Create_WhatTheLibraryWarnsOf_IsALineInTheWordsOfTheOptions()
    {
        using var error = new StringWriter();
        MLContext context = ToolContext.Create(error);
        IHostEnvironment env = HostEnvironment.Of(context.Transforms);

        HostEnvironment.Warn(env, "Open", "The MaskSize is odd.");
        using (IChannel channel = env.Start("Open")) channel.Info(MessageSensitivity.None, "Nothing to say.");

        Assert.AreEqual($"mlseg: Warning: The --mask-size is odd.{error.NewLine}", error.ToString());
    }
}
