namespace MLSegmentation.Cli;

/// <summary>
/// Writes the files over all masks of a folder. They are made of the mask files, so that they are the same whether these were made in one run
/// or in many.
/// </summary>
internal static class FolderFiles
{
    public static void Write(SegmentRequest request, SegmentationModel model, IReadOnlyList<MaskFiles> files, CancellationToken cancellation)
    {
        var writers = new List<MaskFileWriter>();
        try
        {
            int? background = request.Postprocessing.Background;
            if (request.Formats.HasFlag(OutputFormat.Coco))
                writers.Add(new CocoWriter(Path.Combine(request.Folder, "coco.json"), model.ClassNames, new CocoOptions { Background = background }));
            if (request.Formats.HasFlag(OutputFormat.GeoJson))
                writers.Add(new GeoJsonWriter(Path.Combine(request.Folder, "masks.geojson"), model.ClassNames, background));
            if (request.Formats.HasFlag(OutputFormat.Csv))
                writers.Add(new AreaCsvWriter(Path.Combine(request.Folder, "areas.csv"), model.ClassNames));
            if (writers.Count == 0) return;
            var buffer = new ResultBuffer<uint>();
            foreach (MaskFiles file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                LabelImage mask = LabelImageReader.Read(file.MaskPath);
                Span<uint> keys = buffer.Of(mask.Values.Length);
                for (int i = 0; i < keys.Length; i++) keys[i] = MaskPng.KeyOf(mask.Values[i], model.ClassNames.Count);
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
