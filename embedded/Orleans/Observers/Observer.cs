using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;

namespace Orleans.Embedded.Observers;

/// <summary>One observer object with its own mailbox: its calls come one at a time, in order.</summary>
internal sealed class Observer
{
    private readonly WeakReference<object> _target;
    private readonly Mailbox _mailbox = new(new ActivationScheduler(null), reentrant: false);

    public Observer(object target)
    {
        _target = new WeakReference<object>(target);
        // The mailbox gets the weak reference, or requests would keep the object alive.
        _mailbox.Open(_target);
    }

    /// <summary>False when the object is gone.</summary>
    public bool Post(Request request) =>
        _target.TryGetTarget(out _) && _mailbox.Post(new ObserverRequest(request));

    /// <summary>Finds the object when its turn has come; by then it may be gone.</summary>
    private sealed class ObserverRequest(Request request) : Request
    {
        private bool _ran;

        public override bool Interleaves => request.Interleaves;

        public override bool ReadOnly => request.ReadOnly;

        public override bool IsAbandoned => request.IsAbandoned;

        public override Task RunAsync(object target)
        {
            _ran = ((WeakReference<object>)target).TryGetTarget(out var observer);
            return _ran ? request.RunAsync(observer!) : Task.CompletedTask;
        }

        public override void Answer()
        {
            if (_ran)
                request.Answer();
        }

        public override void Fail(Exception exception) => request.Fail(exception);
    }
}
