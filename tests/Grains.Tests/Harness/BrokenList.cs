using System.Collections;

namespace GpuScheduler.Grains.Tests.Harness;

/// <summary>Breaks when it is read: stands for a bug that nobody knows yet.</summary>
internal sealed class BrokenList(Action? whenRead = null) : IReadOnlyList<string>
{
    public int Count => 1;

    public string this[int index] => throw Break();

    public IEnumerator<string> GetEnumerator() => throw Break();

    private InvalidOperationException Break()
    {
        whenRead?.Invoke();
        return new InvalidOperationException("an injected fault");
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
