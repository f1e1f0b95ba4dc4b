using System.Reflection;

namespace MLSegmentation.Tests;

/// <summary>An order of a project's folders, in which each refers only to those before it.</summary>
internal static class FolderOrder
{
    /// <summary>Fails where a folder has no place, or refers to one that is not before its own.</summary>
    /// <param name="assembly">The project's assembly.</param>
    /// <param name="project">The project's folder in <c>src</c>.</param>
    /// <param name="order">The folders; those of one group know nothing of each other.</param>
    /// <param name="allowed">What is so all the same, as the failure would tell it.</param>
    public static void Check(Assembly assembly, string project, string[][] order, params string[] allowed)
    {
        var folders = new SourceFolders(assembly, project);
        CollectionAssert.AreEquivalent(
            order.SelectMany(folder => folder).ToArray(), folders.Names.ToArray(),
            "There is a folder without a place in the order.");
        int Place(string folder) => Array.FindIndex(order, group => group.Contains(folder));

        string[] wrong = [.. References(assembly, folders)
            .Where(reference =>
                reference.ToFolder != reference.FromFolder && Place(reference.ToFolder) >= Place(reference.FromFolder))
            .Select(reference => $"{reference.FromFolder}/{reference.From} refers to {reference.ToFolder}/{reference.To}")
            .Except(allowed)];

        Assert.IsEmpty(wrong, string.Join(Environment.NewLine, wrong));
    }

    private static IEnumerable<(string FromFolder, string From, string ToFolder, string To)> References(
        Assembly assembly, SourceFolders folders) =>
        from type in assembly.GetTypes()
        let own = folders.Of(type)
        where own is not null
        from reference in TypeReferences.Of(type)
        let other = folders.Of(reference.Type)
        where other is not null
        select (own, $"{type.Name}.{reference.Member}", other, reference.Type.Name);
}
