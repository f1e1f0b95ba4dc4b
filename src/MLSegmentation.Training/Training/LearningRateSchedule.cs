namespace MLSegmentation.Training;

/// <summary>The learning rate over a training, by the part of it that is done.</summary>
internal abstract record LearningRateSchedule(double Peak)
{
    /// <summary>The rate when a part of the training (0 to 1) is done.</summary>
    public abstract double At(double fraction);

    /// <summary>One rate throughout, as Keras's optimisers have it by default.</summary>
    public sealed record Constant(double Peak) : LearningRateSchedule(Peak)
    {
        /// <inheritdoc/>
        public override double At(double fraction) => Peak;
    }

    /// <summary>A linear warm-up over the first part, then half a cosine down to zero (Loshchilov and Hutter 2017, section 3).</summary>
    public sealed record Cosine(double Peak, double WarmUp) : LearningRateSchedule(Peak)
    {
        /// <inheritdoc/>
        public override double At(double fraction) => fraction < WarmUp
            ? Peak * (0.1 + 0.9 * fraction / WarmUp)
            : Peak * (1 + Math.Cos(Math.PI * (fraction - WarmUp) / (1 - WarmUp))) / 2;
    }
}
