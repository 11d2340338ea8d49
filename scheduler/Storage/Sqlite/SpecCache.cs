using GpuScheduler.Core.Model;
using GpuScheduler.Storage.Sqlite.Tables;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>Lets the elements of an array, which are read one after the other, share their specification.</summary>
internal sealed class SpecCache(SpecsTable specs)
{
    private long _number;
    private JobSpec? _spec;

    public JobSpec Find(long number)
    {
        if (_spec is not null && _number == number) return _spec;
        _number = number;
        return _spec = specs.Find(number);
    }
}
