using System.Collections;
using System.Reflection;
using PureHDF;
using PureHDF.VOL.Native;

namespace MLSegmentation.Training;

/// <summary>
/// Refuses what leads out of an HDF5 file or round in circles. PureHDF follows a soft link to itself until the stack of the
/// process ends, and opens whatever files external links and datasets name. Its public members list links only by following
/// them; the internal ones that this asks are those of the version in Directory.Packages.props.
/// </summary>
internal static class HdfLinks
{
    private const BindingFlags Members =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions;

    /// <summary>Checks that every link of a group leads straight to an object of the file, and follows none.</summary>
    /// <param name="group">The group.</param>
    /// <param name="most">How many links it may have.</param>
    /// <exception cref="InvalidDataException">A link is soft, external or of an unknown kind, or there are more.</exception>
    public static void Check(NativeGroup group, int most)
    {
        int links = 0;
        foreach (string kind in KindsOf(group))
        {
            if (++links > most) throw new InvalidDataException($"it has more than {most:N0} groups and arrays");
            if (kind is not ("HardLinkInfo" or "ObjectHeaderScratchPad" or ""))
                throw new InvalidDataException("it has a soft or external link, expected a file of Keras, which writes none");
        }
    }

    /// <summary>Checks that the numbers of a dataset lie in the file itself.</summary>
    /// <exception cref="InvalidDataException">They lie in other files or datasets.</exception>
    public static void Check(NativeDataset dataset)
    {
        if (dataset.Layout.Class == H5DataLayoutClass.VirtualStorage || Get(dataset, "InternalExternalFileList") is not null)
            throw new InvalidDataException(
                $"the numbers of '{dataset.Name}' are said to lie in another file or dataset, expected them in this one");
    }

    /// <summary>
    /// The names of PureHDF's types for the kinds of links, empty for an old hard link to whatever is no group.
    /// </summary>
    private static IEnumerable<string> KindsOf(NativeGroup group)
    {
        if (Get(group, "_scratchPad") is { } cached)
        {
            foreach (string kind in KindsOfTable(group, cached)) yield return kind;
            yield break;
        }
        foreach (object message in List(Get(group, "Header"), "HeaderMessages").Select(header => Get(header, "Data")!))
        {
            IEnumerable<string> kinds = message.GetType().Name switch
            {
                "SymbolTableMessage" => KindsOfTable(group, message),
                "LinkInfoMessage" when Get(message, "BTree2NameIndexAddress") is not ulong.MaxValue =>
                    Call(group, "EnumerateLinkMessagesFromLinkInfoMessage", message).Select(KindOf),
                "LinkMessage" => [KindOf(message)],
                _ => [],
            };
            foreach (string kind in kinds) yield return kind;
        }
    }

    private static string KindOf(object linkMessage) => NameOf(Get(linkMessage, "LinkInfo"));

    /// <summary>The kinds of links in a symbol table, of which a header or the entry in the table above it tells.</summary>
    private static IEnumerable<string> KindsOfTable(NativeGroup group, object table)
    {
        MethodInfo getTree = table.GetType().GetMethod("GetBTree1", Members)!;
        MethodInfo decodeKey = typeof(NativeGroup).GetMethod("DecodeGroupKey", Members)!;
        var decode = decodeKey.CreateDelegate(getTree.GetParameters()[0].ParameterType, group);
        object tree = getTree.Invoke(table, Members, null, [decode], null)!;
        return Call(group, "EnumerateSymbolTableNodes", tree)
            .SelectMany(node => List(node, "GroupEntries"))
            .Select(entry => NameOf(Get(entry, "ScratchPad")));
    }

    private static string NameOf(object? kind) => kind?.GetType().Name ?? "";

    private static IEnumerable<object> List(object? owner, string name) => ((IEnumerable)Get(owner!, name)!).Cast<object>();

    private static IEnumerable<object> Call(NativeGroup group, string name, object argument) =>
        ((IEnumerable)typeof(NativeGroup).GetMethod(name, Members)!.Invoke(group, Members, null, [argument], null)!)
            .Cast<object>();

    private static object? Get(object owner, string name)
    {
        // The private members of a file are those of its class for groups.
        Type type = owner is NativeGroup ? typeof(NativeGroup) : owner.GetType();
        return type.GetProperty(name, Members) is { } property
            ? property.GetValue(owner, Members, null, null, null)
            : type.GetField(name, Members)!.GetValue(owner);
    }
}
