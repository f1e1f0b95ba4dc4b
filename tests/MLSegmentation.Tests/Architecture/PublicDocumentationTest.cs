using System.Reflection;
using System.Xml.Linq;

namespace MLSegmentation.Tests;

/// <summary>What a tooltip refers to can be looked up.</summary>
[TestClass]
public sealed class PublicDocumentationTest
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [TestMethod]
    public void Documentation_OfPublicMembers_RefersToPublicTypes()
    {
        HashSet<string> hidden =
            [.. PublicSurface.Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.IsVisible).Select(Name)];
        Dictionary<string, Type> shown = PublicSurface.Types.ToDictionary(Name);

        string[] wrong = [.. PublicSurface.Assemblies
            .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
            .Select(member => (Id: member.Attribute("name")!.Value, Hidden: member.Descendants().Attributes("cref")
                .Select(cref => cref.Value).Where(reference => hidden.Contains(TypeOf(reference)))))
            .Where(member => shown.TryGetValue(TypeOf(member.Id), out Type? type) && IsPublic(type, member.Id))
            .SelectMany(member => member.Hidden.Select(reference => $"{member.Id} refers to {reference}"))];

        Assert.IsEmpty(wrong, string.Join(Environment.NewLine, wrong));
    }

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    /// <summary>The type of <c>T:Namespace.Type</c>, or of a member as in <c>M:Namespace.Type.Method(System.Int32)</c>.</summary>
    private static string TypeOf(string id)
    {
        string path = id[2..].Split('(')[0];
        return id[0] == 'T' ? path : path[..path.LastIndexOf('.')];
    }

    /// <summary>Whether users see the member: all of that name are public or for subclasses.</summary>
    private static bool IsPublic(Type type, string id)
    {
        if (id[0] == 'T') return true;
        string name = id[2..].Split('(')[0].Split('.')[^1].Replace('#', '.').Split('`')[0];
        return type.GetMember(name, Declared).All(member => member switch
        {
            MethodBase method => IsSeen(method),
            PropertyInfo property => IsSeen(property.GetMethod ?? property.SetMethod!),
            FieldInfo field => field.IsPublic || field.IsFamily,
            _ => true,
        });
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
