namespace MLSegmentation.Cli;

/// <summary>
/// Writes the files over all masks of a folder. They are made of the mask files, so that they are the same whether these were
/// made in one run or in many.
/// </summary>
internal static class FolderFiles
{
    public static void Write(
        SegmentOptions options, IReadOnlyList<string> classNames, IReadOnlyList<MaskFiles> files, CancellationToken cancellation)
    {
        var writers = new List<MaskFileWriter>();
        try
        {
            foreach (FolderFormat format in options.Formats.OfType<FolderFormat>())
                writers.Add(
                    format.Open(Path.Combine(options.Out, format.FileName), classNames, options.Postprocessing.Background));
            if (writers.Count == 0) return;
            var buffer = new ResultBuffer<uint>();
            foreach (MaskFiles file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                LabelImage mask = LabelImageReader.Read(file.MaskPath);
                Span<uint> keys = buffer.Of(mask.Values.Length);
                for (int i = 0; i < keys.Length; i++) keys[i] = MaskPng.KeyOf(mask.Values[i], classNames.Count);
                foreach (MaskFileWriter writer in writers) writer.Add(file.Name, keys, mask.Width, mask.Height);
            }
            buffer.FreeLarge();
            foreach (MaskFileWriter writer in writers) writer.Complete();
        }
        finally
        {
            foreach (MaskFileWriter writer in writers) writer.Dispose();
        }
    }
}
