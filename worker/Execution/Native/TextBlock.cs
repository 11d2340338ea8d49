using System.Runtime.InteropServices;
using GpuScheduler.Protos;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>A null-terminated array of C strings (argv, envp) in native memory, each with the bytes that it stands for.</summary>
internal sealed unsafe class TextBlock : IDisposable
{
    public TextBlock(IReadOnlyList<string> strings)
    {
        var texts = strings.Select(RawText.ToBytes).ToList();
        var table = (strings.Count + 1) * sizeof(byte*);
        Pointers = (byte**)NativeMemory.Alloc((nuint)(table + texts.Sum(text => text.Length + 1)));
        var next = (byte*)Pointers + table;
        for (var i = 0; i < texts.Count; i++)
        {
            Pointers[i] = next;
            texts[i].CopyTo(new Span<byte>(next, texts[i].Length));
            next += texts[i].Length;
            *next++ = 0;
        }

        Pointers[strings.Count] = null;
    }

    public byte** Pointers { get; }

    public void Dispose() => NativeMemory.Free(Pointers);
}
