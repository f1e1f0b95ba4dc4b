namespace MLSegmentation;

/// <summary>Which neighbours of a pixel belong to its region where they have its class.</summary>
public enum Connectivity
{
    /// <summary>The four that share an edge with it.</summary>
    Four = 4,

    /// <summary>The eight that share an edge or a corner with it.</summary>
    Eight = 8,
}
