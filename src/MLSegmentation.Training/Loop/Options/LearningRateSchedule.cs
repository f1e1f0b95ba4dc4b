namespace MLSegmentation.Training;

/// <summary>
/// How the learning rate runs over a training: the factor of the highest rate by the part of the training that is done. So one
/// schedule fits any number of epochs and any time budget.
/// </summary>
public abstract record LearningRateSchedule
{
    private const double FirstFactor = 0.1;

    private protected LearningRateSchedule()
    {
    }

    /// <summary>
    /// The part of the training, 0 to below 1, in which the rate rises linearly from a tenth of the highest. Default 0: none.
    /// </summary>
    public double WarmUp { get; init; }

    /// <summary>One rate throughout, as Keras's optimisers have it by default.</summary>
    public sealed record Constant : LearningRateSchedule
    {
        private protected override double AfterWarmUp(double fraction) => 1;
    }

    /// <summary>
    /// The rate is multiplied by <see cref="Factor"/> whenever another part <see cref="Every"/> of the training is done.
    /// </summary>
    public sealed record Step : LearningRateSchedule
    {
        /// <summary>The part of the training between two steps, above 0. Default a third.</summary>
        public double Every { get; init; } = 1.0 / 3;

        /// <summary>What the rate is multiplied by, 0 to 1. Default 0.1 (He et al. 2016, section 3.4).</summary>
        public double Factor { get; init; } = 0.1;

        private protected override double AfterWarmUp(double fraction) => Math.Pow(Factor, Math.Floor(fraction / Every));

        private protected override bool IsValid => Every > 0 && Factor is >= 0 and <= 1;
    }

    /// <summary>Half a cosine down to zero (Loshchilov and Hutter 2017, section 3).</summary>
    public sealed record Cosine : LearningRateSchedule
    {
        private protected override double AfterWarmUp(double fraction) => (1 + Math.Cos(Math.PI * fraction)) / 2;
    }

    /// <summary>(1 - part done) to a power, the "poly" policy of segmentation networks (Chen et al. 2017, section 3).</summary>
    public sealed record Polynomial : LearningRateSchedule
    {
        /// <summary>The power, above 0. Default 0.9.</summary>
        public double Power { get; init; } = 0.9;

        private protected override double AfterWarmUp(double fraction) => Math.Pow(1 - fraction, Power);

        private protected override bool IsValid => Power > 0;
    }

    private protected virtual bool IsValid => true;

    /// <summary>The factor of the highest rate, 0 to 1, when a part of the training (0 to 1) is done.</summary>
    public double At(double fraction) => fraction < WarmUp
        ? FirstFactor + (1 - FirstFactor) * fraction / WarmUp
        : AfterWarmUp((fraction - WarmUp) / (1 - WarmUp));

    internal void Validate()
    {
        if (!IsValid || WarmUp is not (>= 0 and < 1))
        {
            throw new ArgumentException(
                $"The learning rate schedule is {this}; "
                + "give a warm-up of 0 to below 1, and parts, factors and powers as documented.",
                nameof(TrainerOptions.Schedule));
        }
    }

    private protected abstract double AfterWarmUp(double fraction);
}
