using Microsoft.ML.OnnxRuntime;

namespace MLSegmentation;

/// <summary>Opens ONNX models, with errors that say which.</summary>
internal static class OnnxModelFile
{
    /// <summary>What errors call a model file.</summary>
    public static string Name(string path) => $"The model file '{path}'";

    /// <summary>
    /// The content of a model file, with the weights that it keeps in other files, and what files beside it say about it.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// Weights in other files are not whole, or not in the model's folder (<see cref="OutsideWeights"/>). Or a file
    /// that describes the model is damaged (<see cref="DescribedModel"/>).
    /// </exception>
    public static byte[] Read(string path)
    {
        CheckExists(path);
        return OutsideWeights.ReadInto(DescribedModel.Read(path), path);
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static void CheckExists(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"The model file '{path}' was not found. Full path: '{Path.GetFullPath(path)}'.", path);
        }
    }

    /// <summary>Throws where no session may be opened of a model.</summary>
    /// <exception cref="InvalidDataException">
    /// It is empty, no ONNX model or an unsound one, or refers to another file.
    /// </exception>
    public static void Check(byte[] model, string source)
    {
        if (model.Length == 0) throw new InvalidDataException($"{source} is empty, expected an ONNX model.");
        if (OnnxStructure.FindFault(model) is { } fault) throw new InvalidDataException($"{source} {fault}");
    }

    /// <summary>
    /// Options of a session. Whoever opens one begins here, so that ONNX Runtime's telemetry and log are off before they can be
    /// on.
    /// </summary>
    public static SessionOptions CreateOptions()
    {
        OnnxLog.TurnOff();
        return new SessionOptions { LogSeverityLevel = OnnxLog.Severity };
    }

    /// <summary>A session over a model; <paramref name="source"/> is what errors call it.</summary>
    /// <exception cref="InvalidDataException">
    /// It is no ONNX model that this version of ONNX Runtime can run, or refers to another file.
    /// </exception>
    public static InferenceSession Open(byte[] model, string source, SessionOptions options)
    {
        Check(model, source);
        try
        {
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidDataException(
                $"{source} is not an ONNX model that ONNX Runtime can run. {OnnxErrorText.Of(error.Message)}.", error);
        }
    }
}
