namespace Orleans.Embedded.Calls;

/// <summary>Requests for one target in order of arrival, and the rule which of them may run.</summary>
/// <remarks>
/// A request runs to its end, awaits included, before the next starts. Exceptions to that: interleaving requests start at
/// once, read-only ones run beside each other, and every request of a reentrant target starts at once.
/// </remarks>
internal sealed class Mailbox(TaskScheduler scheduler, bool reentrant)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Request> _waiting = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Phase _phase = Phase.Held;
    private object? _target;
    private int _running;
    private int _readers;
    private bool _writer;

    private enum Phase
    {
        /// <summary>Requests gather until the target is ready.</summary>
        Held,

        /// <summary>Requests run.</summary>
        Open,

        /// <summary>What runs goes on, nothing starts.</summary>
        Sealed,

        /// <summary>Nothing is taken any more.</summary>
        Closed,
    }

    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _phase == Phase.Open && _running == 0;
            }
        }
    }

    /// <summary>Takes a request; false when closed.</summary>
    public bool Post(Request request)
    {
        lock (_gate)
        {
            if (_phase == Phase.Closed)
                return false;
            if (_phase == Phase.Open && MayStart_NeedsLock(request))
                Start_NeedsLock(request);
            else
                _waiting.AddLast(request);
            return true;
        }
    }

    /// <summary>Starts serving; without effect on a mailbox that was sealed before its target was ready.</summary>
    public void Open(object target)
    {
        lock (_gate)
        {
            if (_phase != Phase.Held)
                return;
            _target = target;
            _phase = Phase.Open;
            StartWaiting_NeedsLock(opening: true);
        }
    }

    /// <summary>Starts nothing more; completes when all that runs has ended.</summary>
    public Task Seal()
    {
        lock (_gate)
        {
            if (_phase != Phase.Closed)
                _phase = Phase.Sealed;
            if (_running == 0)
                _drained.TrySetResult();
        }

        return _drained.Task;
    }

    /// <summary>Takes nothing more, and hands back what never started, oldest first.</summary>
    public IReadOnlyList<Request> Close()
    {
        lock (_gate)
        {
            _phase = Phase.Closed;
            var left = _waiting.Where(request => !request.IsAbandoned).ToList();
            _waiting.Clear();
            return left;
        }
    }

    private bool MayStart_NeedsLock(Request request) =>
        !Blocks(request) || (!_writer && (_readers == 0 || request.ReadOnly));

    /// <summary>Whether a request, once running, keeps others from starting.</summary>
    private bool Blocks(Request request) => !reentrant && !request.Interleaves;

    /// <summary>
    /// Starts what may start, in order. Interleaving requests wait only for the opening, so later a writer ends the search.
    /// </summary>
    private void StartWaiting_NeedsLock(bool opening)
    {
        for (var node = _waiting.First; node is not null && (opening || !_writer);)
        {
            var next = node.Next;
            if (node.Value.IsAbandoned)
            {
                _waiting.Remove(node);
            }
            else if (MayStart_NeedsLock(node.Value))
            {
                _waiting.Remove(node);
                Start_NeedsLock(node.Value);
            }

            node = next;
        }
    }

    private void Start_NeedsLock(Request request)
    {
        _running++;
        if (Blocks(request))
        {
            if (request.ReadOnly)
                _readers++;
            else
                _writer = true;
        }

        var turn = new Turn(this, request, _target!);
        // As between silos, nothing of the caller's async-local state reaches the grain.
        var flow = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        new Task(static turn => _ = ((Turn)turn!).RunAsync(), turn).Start(scheduler);
        flow?.Undo();
    }

    private void Ended(Request request)
    {
        lock (_gate)
        {
            _running--;
            if (Blocks(request))
            {
                if (request.ReadOnly)
                    _readers--;
                else
                    _writer = false;
            }

            if (_phase == Phase.Open && !_writer && _readers == 0)
                StartWaiting_NeedsLock(opening: false);
            if (_phase == Phase.Sealed && _running == 0)
                _drained.TrySetResult();
        }
    }

    private sealed class Turn(Mailbox mailbox, Request request, object target)
    {
        public async Task RunAsync()
        {
            await request.RunAsync(target);
            mailbox.Ended(request);
            request.Answer();
        }
    }
}
