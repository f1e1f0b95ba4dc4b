using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLSegmentation.Tests;

[TestClass]
public sealed class CrossValidateTest
{
    private const int Rows = 60, Folds = 4;
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void CrossValidate_Folds_HoldOutEveryRowOnceAndTrainOnTheOthers()
    {
        var estimator = new Recorder(_ml);

        IReadOnlyList<CrossValidationResult> folds = _ml.Segmentation.CrossValidate(View(Rows), estimator, Folds, seed: 3);

        CollectionAssert.AreEqual(Enumerable.Range(0, Folds).ToArray(), folds.Select(fold => fold.Fold).ToArray());
        int[][] heldOut = [.. folds.Select(fold => Numbers(fold.ScoredHoldOutSet))];
        CollectionAssert.AreEquivalent(Enumerable.Range(0, Rows).ToArray(), heldOut.SelectMany(numbers => numbers).ToArray());
        for (int fold = 0; fold < Folds; fold++)
        {
            CollectionAssert.AreEquivalent(Enumerable.Range(0, Rows).Except(heldOut[fold]).ToArray(), estimator.Trained[fold]);
            Assert.AreEqual(_ml.Segmentation.Evaluate(folds[fold].ScoredHoldOutSet).MeanIoU, folds[fold].Metrics.MeanIoU);
            Assert.AreSame(estimator.Models[fold], folds[fold].Model);
        }
    }

    [TestMethod]
    public void CrossValidate_Seed_DecidesAboutTheFolds()
    {
        int[][] HeldOut(int seed) =>
            [.. _ml.Segmentation.CrossValidate(View(Rows), new Recorder(_ml), Folds, seed: seed)
                .Select(fold => Numbers(fold.ScoredHoldOutSet))];

        int[][] first = HeldOut(3), second = HeldOut(3), other = HeldOut(4);

        for (int fold = 0; fold < Folds; fold++) CollectionAssert.AreEqual(first[fold], second[fold]);
        Assert.IsTrue(Enumerable.Range(0, Folds).Any(fold => !first[fold].SequenceEqual(other[fold])));
    }

    [TestMethod]
    public void CrossValidate_SamplingKey_KeepsEqualValuesTogether()
    {
        IReadOnlyList<CrossValidationResult> folds = _ml.Segmentation.CrossValidate(
            View(Rows), new Recorder(_ml), 2, samplingKeyColumnName: "Part", seed: 3);

        string[][] parts = [.. folds.Select(fold => fold.ScoredHoldOutSet.GetColumn<string>("Part").Distinct().ToArray())];
        Assert.AreEqual(12, parts.Sum(part => part.Length));
        Assert.HasCount(12, parts.SelectMany(part => part).Distinct());
    }

    [TestMethod]
    public void CrossValidate_WhatDoesNotFit_IsRefused()
    {
        SegmentationCatalog catalog = _ml.Segmentation;

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => catalog.CrossValidate(View(Rows), new Recorder(_ml), numberOfFolds: 1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => catalog.CrossValidate(View(Rows), new Recorder(_ml), samplingKeyColumnName: "Absent"));
        var few = Assert.ThrowsExactly<InvalidOperationException>(
            () => catalog.CrossValidate(View(2), new Recorder(_ml), numberOfFolds: 50));
        Assert.Contains("of 50 has no rows", few.Message);
    }

    [TestMethod]
    public void CrossValidate_FoldThatThrows_DisposesOfTheModelsBefore()
    {
        var estimator = new Failing(_ml, goodFits: 2);

        Assert.ThrowsExactly<NotFiniteNumberException>(
            () => _ml.Segmentation.CrossValidate(View(Rows), estimator, Folds, seed: 3));

        Assert.AreSequenceEqual([true, true], estimator.Models.Select(model => model.IsDisposed));
    }

    private IDataView View(int rows) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(number => new Row
    {
        Number = number,
        Part = $"part {number / 5}",
        Label = [1, 2, 1, 2],
        PredictedLabel = number % 3 == 0 ? [1, 2, 2, 1] : [1, 2, 1, 2],
    }).ToArray());

    private static int[] Numbers(IDataView view) => [.. view.GetColumn<int>("Number")];

    private sealed class Row
    {
        public int Number { get; set; }

        public string Part { get; set; } = "";

        [KeyType(2)]
        public uint[] Label { get; set; } = [];

        [KeyType(2)]
        public uint[] PredictedLabel { get; set; } = [];
    }

    /// <summary>Gives so many models, and then throws.</summary>
    private sealed class Failing(MLContext context, int goodFits) : IEstimator<ITransformer>
    {
        private readonly IEstimator<ITransformer> _copy = context.Transforms.CopyColumns("Copy", "Number");

        public List<DisposableModel> Models { get; } = [];

        public ITransformer Fit(IDataView input)
        {
            if (Models.Count == goodFits) throw new NotFiniteNumberException();
            Models.Add(new DisposableModel(_copy.Fit(input)));
            return Models[^1];
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _copy.GetOutputSchema(inputSchema);
    }

    private sealed class DisposableModel(ITransformer inner) : ITransformer, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public bool IsRowToRowMapper => inner.IsRowToRowMapper;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

        public IDataView Transform(IDataView input) => inner.Transform(input);

        public void Save(ModelSaveContext ctx) => inner.Save(ctx);

        public void Dispose() => IsDisposed = true;
    }

    /// <summary>Notes what it is fitted to.</summary>
    private sealed class Recorder(MLContext context) : IEstimator<ITransformer>
    {
        private readonly IEstimator<ITransformer> _copy = context.Transforms.CopyColumns("Copy", "Number");

        public List<int[]> Trained { get; } = [];

        public List<ITransformer> Models { get; } = [];

        public ITransformer Fit(IDataView input)
        {
            Trained.Add(Numbers(input));
            Models.Add(_copy.Fit(input));
            return Models[^1];
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _copy.GetOutputSchema(inputSchema);
    }
}
