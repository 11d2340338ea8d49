using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace GpuScheduler.Host.Grpc;

/// <summary>Leaves parts out of one message, the least telling first, until it fits; what went is told in words.</summary>
internal sealed class Fitting(IMessage message, RepeatedField<string> leftOut, int most)
{
    public bool IsNeeded => message.CalculateSize() > most;

    /// <summary>Keeps the first of a list.</summary>
    /// <returns>Itself, for the next part.</returns>
    public Fitting KeepFirst<T>(string what, RepeatedField<T> list, int kept)
    {
        if (!IsNeeded || list.Count <= kept) return this;
        Note($"{what}: all but the first {kept} of {list.Count}");
        while (list.Count > kept) list.RemoveAt(list.Count - 1);
        return this;
    }

    /// <summary>Does something if it doesn't fit yet.</summary>
    /// <returns>Itself, for the next part.</returns>
    public Fitting Otherwise(string what, Action leaveOut)
    {
        if (!IsNeeded) return this;
        leaveOut();
        leftOut.Add(what);
        return this;
    }

    /// <summary>Keeps as many of a list's last entries as fit.</summary>
    /// <returns>Itself, for the next part.</returns>
    public Fitting KeepLast<T>(RepeatedField<T> list, Func<T, string> what)
        where T : class, IMessage
    {
        var over = message.CalculateSize() - most;
        var gone = 0;
        for (; over > 0 && gone < list.Count; gone++) over -= list[gone].CalculateSize();
        if (gone == 0) return this;
        leftOut.Add(what(list[gone - 1]));
        T[] rest = [.. list.Skip(gone)];
        list.Clear();
        list.Add(rest);
        return this;
    }

    private void Note(FormattableString text) => leftOut.Add(text.ToString(CultureInfo.InvariantCulture));
}
