using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLSegmentation;

// How transformers enter and leave an ML.NET zip: the only file that uses internals of Microsoft.ML.Core. ML.NET finds the loaders by
// these attributes and the names in them (at most 24 characters), in the assembly whose name the zip holds, so that a fresh process has nothing to register.
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: LoadableClass(typeof(SegmentImageTransformer), typeof(SegmentImageLoader), null, typeof(SignatureLoadModel), "Segment image", SegmentImageLoader.Name)]
[assembly: LoadableClass(typeof(ReconstructImageTransformer), typeof(ReconstructImageLoader), null, typeof(SignatureLoadModel), "Reconstruct image", ReconstructImageLoader.Name)]
[assembly: LoadableClass(typeof(ClassifyImageTransformer), typeof(ClassifyImageLoader), null, typeof(SignatureLoadModel), "Classify image", ClassifyImageLoader.Name)]
[assembly: LoadableClass(typeof(ReadImagesTransformer), typeof(ReadImagesLoader), null, typeof(SignatureLoadModel), "Read images", ReadImagesLoader.Name)]
[assembly: LoadableClass(typeof(ReadMasksTransformer), typeof(ReadMasksLoader), null, typeof(SignatureLoadModel), "Read masks", ReadMasksLoader.Name)]
[assembly: LoadableClass(typeof(PostprocessMaskTransformer), typeof(PostprocessMaskLoader), null, typeof(SignatureLoadModel), "Postprocess mask", PostprocessMaskLoader.Name)]
[assembly: LoadableClass(typeof(OverlayMaskTransformer), typeof(OverlayMaskLoader), null, typeof(SignatureLoadModel), "Overlay mask", OverlayMaskLoader.Name)]
[assembly: LoadableClass(typeof(MaskToPolygonsTransformer), typeof(MaskToPolygonsLoader), null, typeof(SignatureLoadModel), "Mask to polygons", MaskToPolygonsLoader.Name)]

namespace MLSegmentation
{
    internal static class SegmentImageLoader
    {
        public const string Name = "MLSegSegmentImage";

        private static SegmentImageTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
            SegmentImageTransformer.FromState(ModelZip.Load(ctx, typeof(SegmentImageTransformer)));
    }

    internal static class ReconstructImageLoader
    {
        public const string Name = "MLSegReconstructImage";

        private static ReconstructImageTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
            ReconstructImageTransformer.FromState(ModelZip.Load(ctx, typeof(ReconstructImageTransformer)));
    }

    internal static class ClassifyImageLoader
    {
        public const string Name = "MLSegClassifyImage";

        private static ClassifyImageTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
            ClassifyImageTransformer.FromState(ModelZip.Load(ctx, typeof(ClassifyImageTransformer)));
    }

    internal static class ReadImagesLoader
    {
        public const string Name = "MLSegReadImages";

        private static ReadImagesTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
            ReadImagesTransformer.FromState(ModelZip.Load(ctx, typeof(ReadImagesTransformer)));
    }

    internal static class ReadMasksLoader
    {
        public const string Name = "MLSegReadMasks";

        private static ReadMasksTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
            ReadMasksTransformer.FromState(ModelZip.Load(ctx, typeof(ReadMasksTransformer)));
    }

    internal static class PostprocessMaskLoader
    {
        public const string Name = "MLSegPostprocessMask";

        private static PostprocessMaskTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
            PostprocessMaskTransformer.FromState(ModelZip.Load(ctx, typeof(PostprocessMaskTransformer)));
    }

    internal static class OverlayMaskLoader
    {
        public const string Name = "MLSegOverlayMask";

        private static OverlayMaskTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
            OverlayMaskTransformer.FromState(ModelZip.Load(ctx, typeof(OverlayMaskTransformer)));
    }

    internal static class MaskToPolygonsLoader
    {
        public const string Name = "MLSegMaskToPolygons";

        private static MaskToPolygonsTransformer Create(IHostEnvironment env, ModelLoadContext ctx) =>
            MaskToPolygonsTransformer.FromState(ModelZip.Load(ctx, typeof(MaskToPolygonsTransformer)));
    }

    /// <summary>The streams of a transformer: settings as JSON, and the ONNX model where it has one.</summary>
    internal static class ModelZip
    {
        private const string SettingsStream = "Settings.json";
        private const string ModelStream = "Model.onnx";
        private const string ChecksumStream = "Model.sha256";

        // One number for all: raised when a reader of an older version could no longer understand what is written.
        private const uint FormatVersion = 0x00010001;

        public static void Save(ModelSaveContext context, RowTransformer transformer)
        {
            TransformerState state = transformer.GetState();
            context.CheckAtModel();
            context.SetVersionInfo(Version(transformer.GetType()));
            context.SaveTextStream(SettingsStream, writer => writer.Write(state.Settings));
            if (state.Model is not { } model) return;
            context.SaveBinaryStream(ModelStream, writer => writer.Write(model));
            context.SaveTextStream(ChecksumStream, writer => writer.Write(Checksum(model)));
        }

        public static TransformerState Load(ModelLoadContext context, Type transformer)
        {
            context.CheckAtModel(Version(transformer));
            string? settings = null, checksum = null;
            byte[]? model = null;
            context.TryLoadTextStream(SettingsStream, reader => settings = reader.ReadToEnd());
            context.TryLoadBinaryStream(ModelStream, reader => model = ReadToEnd(reader.BaseStream));
            context.TryLoadTextStream(ChecksumStream, reader => checksum = reader.ReadToEnd());

            // .NET does not look at the checksums of a zip, and weights are numbers like others. Zips of older versions have none.
            if (model is not null && checksum is not null && checksum != Checksum(model))
            {
                throw new InvalidDataException(
                    "The model in the zip is not the one that was saved (its SHA-256 differs). It was changed or damaged: copy it again.");
            }
            return new TransformerState(
                settings ?? throw new InvalidDataException($"The zip has no '{SettingsStream}' for {transformer.Name}. It was changed or damaged."), model);
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
            (string signature, string loader) = transformer.Name switch
            {
                nameof(SegmentImageTransformer) => ("MLSEGSEG", SegmentImageLoader.Name),
                nameof(ReconstructImageTransformer) => ("MLSEGREC", ReconstructImageLoader.Name),
                nameof(ClassifyImageTransformer) => ("MLSEGCLS", ClassifyImageLoader.Name),
                nameof(ReadImagesTransformer) => ("MLSEGIMG", ReadImagesLoader.Name),
                nameof(ReadMasksTransformer) => ("MLSEGMSK", ReadMasksLoader.Name),
                nameof(PostprocessMaskTransformer) => ("MLSEGPST", PostprocessMaskLoader.Name),
                nameof(OverlayMaskTransformer) => ("MLSEGOVL", OverlayMaskLoader.Name),
                nameof(MaskToPolygonsTransformer) => ("MLSEGPOL", MaskToPolygonsLoader.Name),
                _ => throw new NotSupportedException($"{transformer.Name} has no place in a zip."),
            };
            return new VersionInfo(signature, FormatVersion, FormatVersion, FormatVersion, transformer.Assembly.FullName!, loader);
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
