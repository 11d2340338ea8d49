using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using GpuScheduler.Protos;

namespace GpuScheduler.Worker.Execution.Native;

/// <summary>Hands a <see cref="RawText"/> to the C library byte for byte.</summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedIn, typeof(RawStringMarshaller))]
internal static unsafe class RawStringMarshaller
{
    public static byte* ConvertToUnmanaged(string text)
    {
        var bytes = RawText.ToBytes(text);
        var copy = (byte*)NativeMemory.Alloc((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        copy[bytes.Length] = 0;
        return copy;
    }

    public static void Free(byte* copy) => NativeMemory.Free(copy);
}
