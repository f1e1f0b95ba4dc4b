using System.Reflection;
using System.Reflection.Emit;

namespace MLSegmentation.Tests;

/// <summary>What a compiled type refers to: in its declaration, its members' signatures and its methods' code.</summary>
internal static class TypeReferences
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<short, OpCode> _opCodes = typeof(OpCodes).GetFields(
        BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The types that a type refers to, each with the member that does.</summary>
    public static IEnumerable<(string Member, Type Type)> Of(Type type)
    {
        foreach (Type one in Parts([type.BaseType, .. type.GetInterfaces()])) yield return ("declaration", one);
        foreach (FieldInfo field in type.GetFields(Declared))
            foreach (Type one in Parts([field.FieldType])) yield return (field.Name, one);
        foreach (MethodBase method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
        {
            var signature = method.GetParameters()
                .Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType);
            var locals = method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? [];
            foreach (Type one in Parts([.. signature, .. locals, .. Code(method)])) yield return (method.Name, one);
        }
    }

    /// <summary>The types themselves with their elements and generic arguments.</summary>
    private static IEnumerable<Type> Parts(IEnumerable<Type?> types)
    {
        foreach (Type? type in types)
        {
            if (type is null || type.IsGenericParameter) continue;
            Type?[] element = type.HasElementType ? [type.GetElementType()] : [];
            foreach (Type part in Parts([.. element, .. type.GenericTypeArguments])) yield return part;
            if (!type.HasElementType) yield return type;
        }
    }

    /// <summary>The types that a method's code names, itself or by a member.</summary>
    private static IEnumerable<Type?> Code(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = _opCodes[code[at] == 0xfe ? unchecked((short)(0xfe00 | code[++at])) : code[at]];
            at++;
            if (operation.OperandType is OperandType.InlineField
                or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                Type[]? typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
                Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
                MemberInfo member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!;
                yield return member as Type ?? member.DeclaringType;
                if (member is MethodInfo { IsGenericMethod: true } generic)
                    foreach (Type argument in generic.GetGenericArguments()) yield return argument;
            }
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
