using System.Runtime.InteropServices;
using MLSegmentation.Training;

namespace Fuzzing.Weights;

/// <summary>
/// Opens weight files and reads every array, each into memory with other content: it must be written whole, or refused.
/// </summary>
internal sealed class WeightTarget(string name, Func<FuzzRandom, byte[]> make, int mutatedPercent) : FuzzTarget
{
    private const long MostNumbers = 1 << 20;
    private readonly string _path = ScratchFile.PathOf(name);

    public override string Name => name;

    public override byte[] Make(FuzzRandom random)
    {
        byte[] file = make(random);
        return random.Percent(mutatedPercent) ? Mutation.Apply(random, file) : file;
    }

    public override bool Read(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        try
        {
            using (PretrainedWeights.Open(_path))
            {
                // Its convention is found when it is opened.
            }
            using var weights = WeightFile.Open(_path);
            bool isWhole = true;
            foreach (StoredWeight weight in weights.Weights) isWhole &= TryRead(weights, weight);
            return isWhole;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Arrays of other numbers, or of more than the file's, are not asked for by networks.</summary>
    private static bool TryRead(WeightFile file, StoredWeight weight)
    {
        long count = 1;
        foreach (long size in weight.Shape) count = size == 0 ? 0 : count > MostNumbers / size ? MostNumbers + 1 : count * size;
        if (weight.Format == NumberFormat.Other || count > MostNumbers) return true;
        float[] first = new float[count], second = new float[count];
        first.AsSpan().Fill(1);
        second.AsSpan().Fill(2);
        file.Read(weight, first);
        file.Read(weight, second);
        return MemoryMarshal.AsBytes<float>(first).SequenceEqual(MemoryMarshal.AsBytes<float>(second)) ? true
            : throw new FindingException($"memory that was not written shows in the array '{weight.Name}'");
    }
}
