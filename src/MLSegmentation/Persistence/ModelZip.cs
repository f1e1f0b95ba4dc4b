using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.ML;
using MLSegmentation;

// How transformers enter and leave an ML.NET zip. ML.NET finds their loaders by these attributes and the names in them, in the
// assembly whose name the zip holds, so that a fresh process has nothing to register.
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: Zipped(typeof(SegmentImageTransformer), "Segment image", "MLSegSegmentImage", "MLSEGSEG")]
[assembly: Zipped(typeof(ReconstructImageTransformer), "Reconstruct image", "MLSegReconstructImage", "MLSEGREC")]
[assembly: Zipped(typeof(ClassifyImageTransformer), "Classify image", "MLSegClassifyImage", "MLSEGCLS")]
[assembly: Zipped(typeof(ReadImagesTransformer), "Read images", "MLSegReadImages", "MLSEGIMG")]
[assembly: Zipped(typeof(ReadMasksTransformer), "Read masks", "MLSegReadMasks", "MLSEGMSK")]
[assembly: Zipped(typeof(PostprocessMaskTransformer), "Postprocess mask", "MLSegPostprocessMask", "MLSEGPST")]
[assembly: Zipped(typeof(OverlayMaskTransformer), "Overlay mask", "MLSegOverlayMask", "MLSEGOVL")]
[assembly: Zipped(typeof(MaskToPolygonsTransformer), "Mask to polygons", "MLSegMaskToPolygons", "MLSEGPOL")]

namespace MLSegmentation
{
    /// <summary>The streams of a transformer: its columns and options as JSON, and the ONNX model where it has one.</summary>
    internal static class ModelZip
    {
        // Named before options were called so; zips have it.
        private const string OptionsStream = "Settings.json";

        private const string WriterStream = "Writer.txt";
        private const string ModelStream = "Model.onnx";
        private const string ChecksumStream = "Model.sha256";

        // One number for all: raised when a reader of an older version could no longer understand what is written.
        private const uint FormatVersion = 0x00010001;

        public static void Save(ModelSaveContext context, RowTransformer transformer)
        {
            TransformerState state = transformer.GetState();
            context.CheckAtModel();
            context.SetVersionInfo(Version(transformer.GetType()));
            context.SaveTextStream(OptionsStream, writer => writer.Write(state.Options));
            context.SaveTextStream(WriterStream, writer => writer.Write(state.Writer));
            if (state.Model is not { } model) return;
            context.SaveBinaryStream(ModelStream, writer => writer.Write(model));
            context.SaveTextStream(ChecksumStream, writer => writer.Write(Checksum(model)));
        }

        public static TransformerState Load(ModelLoadContext context, Type transformer)
        {
            context.CheckAtModel(Version(transformer));
            string? options = null, writer = null, checksum = null;
            byte[]? model = null;
            context.TryLoadTextStream(OptionsStream, reader => options = reader.ReadToEnd());
            context.TryLoadTextStream(WriterStream, reader => writer = reader.ReadToEnd());
            context.TryLoadBinaryStream(ModelStream, reader => model = ReadToEnd(reader.BaseStream));
            context.TryLoadTextStream(ChecksumStream, reader => checksum = reader.ReadToEnd());

            // .NET does not look at the checksums of a zip, and weights are numbers like others. Zips of older versions have
            // none.
            if (model is not null && checksum is not null && checksum != Checksum(model))
            {
                throw new InvalidDataException(
                    "The model in the zip is not the one that was saved (its SHA-256 differs). It was changed or damaged: copy "
                    + "it again.");
            }
            return new TransformerState(
                options
                    ?? throw new InvalidDataException(
                        $"The zip has no '{OptionsStream}' for {transformer.Name}. It was changed or damaged."),
                model, writer);
        }

        /// <summary>The content of an entry, whose length is known.</summary>
        /// <exception cref="InvalidDataException">It is longer than any ONNX model.</exception>
        internal static byte[] ReadToEnd(Stream stream)
        {
            if (stream.Length > Array.MaxLength)
            {
                throw new InvalidDataException(
                    $"The model in the zip has {stream.Length:N0} bytes, expected less than 2 GB as of every ONNX model. "
                    + "It was changed or damaged.");
            }
            var model = new byte[stream.Length];
            stream.ReadExactly(model);
            return model;
        }

        private static string Checksum(byte[] model) => Convert.ToHexString(SHA256.HashData(model));

        private static VersionInfo Version(Type transformer)
        {
            ZippedAttribute names = transformer.Assembly.GetCustomAttributes<ZippedAttribute>()
                .Single(one => one.InstanceType == transformer);
            return new VersionInfo(
                names.Signature, FormatVersion, FormatVersion, FormatVersion, transformer.Assembly.FullName!, names.LoadNames[0]);
        }
    }
}

namespace MLSegmentation
{
    public abstract partial class RowTransformer
    {
        void ICanSaveModel.Save(ModelSaveContext ctx)
        {
            ArgumentNullException.ThrowIfNull(ctx);
            ModelZip.Save(ctx, this);
        }
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>Known to the runtime by its name: lets this assembly call internal members of another.</summary>
    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
    {
        public string AssemblyName { get; } = assemblyName;
    }
}
