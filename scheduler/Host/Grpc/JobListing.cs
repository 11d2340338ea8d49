using System.Globalization;
using GpuScheduler.Core.Storage;
using GpuScheduler.Host.Pools;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc;

/// <summary>Fills one answer of ListJobs: up to its size, its limit, or the end of the list.</summary>
internal sealed class JobListing(JobFinder finder, WireJobs wire, ListJobsRequest request, JobQuery query)
{
    private const int FirstLook = 500;

    private readonly ListJobsResponse _answer = new();
    private JobPlace? _place;
    private int _given;
    private int _size;

    public async Task<ListJobsResponse> Answer(CancellationToken cancellationToken)
    {
        ReadToken();
        while (true)
        {
            var page = await finder.Page(query with { Limit = Math.Min(Left, Room) }, request.IncludeEnded, _place, cancellationToken);
            if (!Add(page, await wire.Of(page.Jobs))) return Cut();
            if (page.Next is null) return _answer;
            _place = page.Next;
            if (Left == 0) return Truncated();
            if (_size >= AnswerSize.Most) return Cut();
        }
    }

    /// <summary>As many as may still fit, by those so far: a job's arguments alone may have a mebibyte.</summary>
    private int Room => _answer.Jobs.Count == 0 ? FirstLook : ((AnswerSize.Most - _size) / (_size / _answer.Jobs.Count)) + 1;

    private int Left => query.Limit - _given - _answer.Jobs.Count;

    /// <summary>False: the message is full.</summary>
    private bool Add(FoundPage page, IReadOnlyList<Job> jobs)
    {
        for (var at = 0; at < jobs.Count; at++)
        {
            _size += AnswerSize.Of(jobs[at]);
            if (_size > AnswerSize.Most && _answer.Jobs.Count > 0) return false;
            _answer.Jobs.Add(jobs[at]);
            _place = page.Behind(at);
        }

        return true;
    }

    private ListJobsResponse Cut()
    {
        _answer.NextPageToken = ListToken.Write(
            request, string.Create(CultureInfo.InvariantCulture, $"{_given + _answer.Jobs.Count}:{_place}"));
        return Truncated();
    }

    private ListJobsResponse Truncated()
    {
        _answer.Truncated = true;
        return _answer;
    }

    /// <summary>How many were given before counts for the limit of the whole list.</summary>
    private void ReadToken()
    {
        if (ListToken.Read(request, request.PageToken) is not { } text) return;
        var at = text.IndexOf(':', StringComparison.Ordinal);
        _place = JobPlace.TryParse(text[(at + 1)..]);
        if (_place is null || !int.TryParse(text.AsSpan(0, Math.Max(0, at)), NumberStyles.None, CultureInfo.InvariantCulture, out _given)
            || _given >= query.Limit)
            throw ListToken.Wrong(request.PageToken);
    }
}
