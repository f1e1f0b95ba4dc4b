namespace MLSegmentation.Training.Layers;

/// <summary>Sizes and paddings of Keras's convolutions along one axis (keras/src/backend/common/backend_utils.py).</summary>
internal static class ConvolutionArithmetic
{
    /// <summary>
    /// The values that a dilated kernel reaches over, (k - 1)·d + 1: of its k values, each is d after the one before. Kernel 3,
    /// dilation 6: 13. It pads and sizes as a kernel of so many.
    /// </summary>
    public static long EffectiveKernel(long kernel, long dilation) => (kernel - 1) * dilation + 1;

    /// <summary>
    /// The zeros that SAME puts before and after n values: (⌈n/s⌉ - 1)·s + k - n in all, but not less than none, the smaller
    /// half before. 28 values, kernel 3, stride 2: 0 before and 1 after.
    /// </summary>
    public static (long Before, long After) SamePadding(long n, long kernel, long stride)
    {
        long total = Math.Max((CeilDivide(n, stride) - 1) * stride + kernel - n, 0);
        return (total / 2, total - total / 2);
    }

    /// <summary>What symmetric padding puts on each side: half the kernel, rounded down. Kernel 7: 3.</summary>
    public static long SymmetricPadding(long kernel) => kernel / 2;

    /// <summary>
    /// What SAME takes off the full result of a transposed convolution before and after, max(k - s, 0) in all, the smaller
    /// half before; and what it adds after where the stride is larger than the kernel. Kernel 7, stride 2: 2 and 3.
    /// </summary>
    public static (long Before, long After, long Added) SameCropping(long kernel, long stride)
    {
        long total = Math.Max(kernel - stride, 0);
        return (total / 2, total - total / 2, Math.Max(stride - kernel, 0));
    }

    /// <summary>
    /// The size after a convolution or pooling: ⌈n/s⌉ with SAME, ⌊(n - k)/s⌋ + 1 with VALID, ⌊(n + 2⌊k/2⌋ - k)/s⌋ + 1 with
    /// symmetric padding. A free size (-1) stays free.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// VALID, and the kernel is larger than the input; or kernel or stride is less than 1.
    /// </exception>
    public static long ConvolutionSize(long n, long kernel, long stride, PaddingKind padding)
    {
        CheckKernel(kernel, stride);
        if (n == Shape.Any) return Shape.Any;
        if (padding == PaddingKind.Same) return CeilDivide(n, stride);
        if (padding == PaddingKind.Symmetric) n += 2 * SymmetricPadding(kernel);
        if (kernel > n) throw new ArgumentException($"a kernel of {kernel} with VALID padding does not fit on {n}");
        return (n - kernel) / stride + 1;
    }

    /// <summary>
    /// The size after a transposed convolution: n·s with SAME, n·s + max(k - s, 0) with VALID. A free size stays free.
    /// </summary>
    /// <exception cref="ArgumentException">The padding is symmetric; or kernel or stride is less than 1.</exception>
    public static long TransposedSize(long n, long kernel, long stride, PaddingKind padding)
    {
        CheckKernel(kernel, stride);
        if (padding == PaddingKind.Symmetric) throw new ArgumentException("a transposed convolution takes SAME or VALID padding");
        return n == Shape.Any ? Shape.Any : n * stride + (padding == PaddingKind.Same ? 0 : Math.Max(kernel - stride, 0));
    }

    private static void CheckKernel(long kernel, long stride)
    {
        if (kernel < 1 || stride < 1)
            throw new ArgumentException($"its kernel is {kernel} and its stride {stride}, both must be at least 1");
    }

    private static long CeilDivide(long n, long divisor) => (n + divisor - 1) / divisor;
}
