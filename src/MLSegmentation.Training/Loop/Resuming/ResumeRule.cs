namespace MLSegmentation.Training;

/// <summary>What becomes of a training that is to go on from a checkpoint with another value of an option.</summary>
internal enum ResumeRule
{
    /// <summary>The state in the checkpoint belongs to the value: refused.</summary>
    Same,

    /// <summary>The steps from here on go by the new value, which is said.</summary>
    Said,

    /// <summary>How long the training is: said where the learning rate goes on from where it was, else refused.</summary>
    Duration,

    /// <summary>The steps do not depend on it, or on what is noted of it under another name: not noted.</summary>
    Free,
}
