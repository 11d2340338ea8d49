using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Stores;

/// <summary>Names a store and one of its lives. It becomes a folder's name here, so nothing else than these may come in.</summary>
internal readonly record struct StoreKey(string Id, long Generation)
{
    private const int LongestId = 64;

    public static StoreKey Of(StoreName name) => new(name.Id, name.Generation);

    public bool IsWellFormed => Generation > 0 && Id.Length is > 0 and <= LongestId && Id.All(char.IsAsciiLetterOrDigit);

    public override string ToString() => $"{Id}-{Generation}";
}
