using System.Runtime.InteropServices;
using System.Text;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>A null-terminated array of C strings (argv, envp) in native memory.</summary>
internal sealed unsafe class Utf8Block : IDisposable
{
    public Utf8Block(IReadOnlyList<string> strings)
    {
        var bytes = strings.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
        var table = (strings.Count + 1) * sizeof(byte*);
        Pointers = (byte**)NativeMemory.Alloc((nuint)(table + bytes));
        var next = (byte*)Pointers + table;
        for (var i = 0; i < strings.Count; i++)
        {
            Pointers[i] = next;
            next += Encoding.UTF8.GetBytes(strings[i], new Span<byte>(next, bytes));
            *next++ = 0;
        }

        Pointers[strings.Count] = null;
    }

    public byte** Pointers { get; }

    public void Dispose() => NativeMemory.Free(Pointers);
}
