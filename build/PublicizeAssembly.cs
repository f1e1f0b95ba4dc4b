using System;
using System.IO;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies an assembly with its internal types, methods and fields made public, by changing the accessibility bits of the
/// TypeDef, MethodDef and Field rows in place (ECMA-335, partition II, sections 22 to 24). Private members stay private.
/// </summary>
public class PublicizeAssembly : Task
{
    public string Source { get; set; }

    public string Destination { get; set; }

    public override bool Execute()
    {
        if (File.Exists(Destination) && File.GetLastWriteTimeUtc(Destination) >= File.GetLastWriteTimeUtc(Source)) return true;
        byte[] image = File.ReadAllBytes(Source);
        new MetadataTables(image).Publicize();
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        File.WriteAllBytes(Destination, image);
        return true;
    }

    private sealed class MetadataTables
    {
        private const int Module = 0, TypeRef = 1, TypeDef = 2, Field = 4, MethodDef = 6, Param = 8, ModuleRef = 0x1a, TypeSpec = 0x1b, AssemblyRef = 0x23;
        private readonly byte[] _image;
        private readonly int[] _rows = new int[64];
        private readonly int[] _start = new int[64];
        private readonly int[] _size = new int[64];

        public MetadataTables(byte[] image)
        {
            _image = image;
            int tables = FindTablesStream();
            int heaps = image[tables + 6];
            ulong present = BitConverter.ToUInt64(image, tables + 8);
            int position = tables + 24;
            for (int t = 0; t < 64; t++)
            {
                if ((present >> t & 1) == 0) continue;
                _rows[t] = BitConverter.ToInt32(image, position);
                position += 4;
            }
            int text = (heaps & 1) != 0 ? 4 : 2, guid = (heaps & 2) != 0 ? 4 : 2, blob = (heaps & 4) != 0 ? 4 : 2;
            _size[Module] = 2 + text + 3 * guid;
            _size[TypeRef] = Coded(2, Module, ModuleRef, AssemblyRef, TypeRef) + 2 * text;
            _size[TypeDef] = 4 + 2 * text + Coded(2, TypeDef, TypeRef, TypeSpec) + Coded(0, Field) + Coded(0, MethodDef);
            _size[3] = Coded(0, Field);
            _size[Field] = 2 + text + blob;
            _size[5] = Coded(0, MethodDef);
            _size[MethodDef] = 8 + text + blob + Coded(0, Param);
            for (int t = 0; t <= MethodDef; t++)
            {
                _start[t] = position;
                position += _rows[t] * _size[t];
            }
        }

        public void Publicize()
        {
            // 0 NotPublic, 5 NestedAssembly, 6 NestedFamANDAssem; the first row, <Module>, has to stay as it is.
            Change(TypeDef, 1, 0, a => a == 0 ? 1 : a == 5 ? 2 : a == 6 ? 7 : a);
            // 3 Assembly, 2 FamANDAssem.
            Change(MethodDef, 0, 6, a => a == 3 ? 6 : a == 2 ? 5 : a);
            Change(Field, 0, 0, a => a == 3 ? 6 : a == 2 ? 5 : a);
        }

        private void Change(int table, int firstRow, int offset, Func<int, int> accessibility)
        {
            for (int row = firstRow; row < _rows[table]; row++)
            {
                int flags = _start[table] + row * _size[table] + offset;
                _image[flags] = (byte)(_image[flags] & ~7 | accessibility(_image[flags] & 7));
            }
        }

        private int Coded(int tagBits, params int[] tables)
        {
            foreach (int table in tables)
                if (_rows[table] >= 1 << (16 - tagBits)) return 4;
            return 2;
        }

        private int FindTablesStream()
        {
            int pe = BitConverter.ToInt32(_image, 0x3c);
            int optional = pe + 24;
            bool pe32Plus = BitConverter.ToUInt16(_image, optional) == 0x20b;
            int cliHeader = Offset(pe, BitConverter.ToInt32(_image, optional + (pe32Plus ? 112 : 96) + 14 * 8));
            int metadata = Offset(pe, BitConverter.ToInt32(_image, cliHeader + 8));
            int stream = metadata + 16 + BitConverter.ToInt32(_image, metadata + 12) + 4;
            while (_image[stream + 8] != '#' || _image[stream + 9] != '~')
            {
                stream += 8;
                while (_image[stream] != 0) stream++;
                stream += 4 - (stream - metadata) % 4;
            }
            return metadata + BitConverter.ToInt32(_image, stream);
        }

        private int Offset(int pe, int virtualAddress)
        {
            int sections = pe + 24 + BitConverter.ToUInt16(_image, pe + 20);
            for (int s = sections; ; s += 40)
            {
                int start = BitConverter.ToInt32(_image, s + 12), size = BitConverter.ToInt32(_image, s + 16);
                if (virtualAddress >= start && virtualAddress < start + size)
                    return BitConverter.ToInt32(_image, s + 20) + virtualAddress - start;
            }
        }
    }
}
