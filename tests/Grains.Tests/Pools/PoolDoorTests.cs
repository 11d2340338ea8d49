using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using GpuScheduler.Core.Engine;
using GpuScheduler.Grains.Messages;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Grains.Tests.Harness;

namespace GpuScheduler.Grains.Tests.Pools;

/// <summary>The short way into a pool of the same process: no call is lost at it, and none is let in after the pool's end.</summary>
public sealed class PoolDoorTests
{
    private static readonly PoolCall s_call = PoolCall.Of(new PoolInput.Submit([]));

    [Fact]
    public void Calls_that_wait_together_ask_for_one_turn()
    {
        var pool = new ManualPool();
        var calls = Enumerable.Range(0, 5).Select(_ => pool.Enter()).ToList();

        Assert.Single(pool.Turns);
        pool.RunTurns();

        Assert.Equal(calls, pool.TakenIn);
        Assert.Equal(1, pool.Begun);
    }

    [Fact]
    public void A_call_after_a_turn_asks_for_another()
    {
        var pool = new ManualPool();
        pool.Enter();
        pool.RunTurns();

        pool.Enter();
        pool.RunTurns();

        Assert.Equal(2, pool.TakenIn.Count);
        Assert.Equal(2, pool.Begun);
    }

    [Fact]
    public async Task A_call_that_waits_when_the_door_closes_is_refused()
    {
        var pool = new ManualPool();
        var waiting = pool.Enter();

        pool.Door.Close();
        pool.RunTurns();

        Assert.True((await waiting.Answer).IsRefused);
        Assert.Empty(pool.TakenIn);
    }

    [Fact]
    public void A_closed_door_turns_calls_away_without_ending_them()
    {
        var pool = new ManualPool();
        pool.Door.Close();
        var late = new PendingCall(s_call, null);

        Assert.False(pool.Door.TryEnter(late));
        Assert.False(late.Answer.IsCompleted);
    }

    [Fact]
    public async Task No_call_of_many_threads_is_left_behind()
    {
        var pool = new BusyPool();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => pool.Enter(20_000))));

        var all = await Task.WhenAll(answers.SelectMany(some => some)).WaitAsync(FakeWorker.Patience);
        Assert.All(all, answer => Assert.False(answer.IsRefused));
    }

    [Fact]
    public async Task Every_call_of_many_threads_is_answered_or_turned_away_while_the_door_closes()
    {
        var pool = new BusyPool();
        var entering = Enumerable.Range(0, 8).Select(_ => Task.Run(() => pool.Enter(20_000))).ToList();
        await pool.TakenSome;
        pool.Door.Close();

        var answers = (await Task.WhenAll(entering)).SelectMany(some => some);
        await Task.WhenAll(answers).WaitAsync(FakeWorker.Patience);
    }

    [Fact]
    public async Task A_pool_that_is_active_here_is_entered_by_its_door()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        var none = DispatchProxy.Create<IGrainFactory, NoGrains>();

        var answer = await pool.Doors.Apply(none, "default", PoolCall.Of(new PoolInput.Submit([new(Drafts.Cpu, "")])));

        Assert.IsType<PoolReply.Submitted>(answer.Reply);
    }

    [Fact]
    public async Task A_pool_that_is_not_active_here_is_called_by_message()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);

        await Assert.ThrowsAsync<NotSupportedException>(
            () => pool.Doors.Apply(DispatchProxy.Create<IGrainFactory, NoGrains>(), "another", s_call));
    }

    [Fact]
    public async Task A_pool_that_was_taken_over_becomes_active_again_for_callers_at_its_door()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        await pool.Store.OpenAsync(CancellationToken.None);

        var refused = await pool.Submit(Drafts.Cpu);
        var answer = await PoolUnderTest.Until("a new activation", () => pool.Submit(Drafts.Cpu), answer => !answer.IsRefused);

        Assert.True(answer.Epoch > refused.Epoch);
    }

    [Fact]
    public async Task A_pool_that_refuses_work_refuses_it_at_its_door()
    {
        await using var pool = await PoolUnderTest.Start(inside: true);
        pool.Store.Full = true;
        await pool.Submit(Drafts.Cpu);

        Assert.Contains("disk full", (await pool.Submit(Drafts.Cpu)).Refusal, StringComparison.Ordinal);
    }

    /// <summary>A pool whose turns run when the test says.</summary>
    private sealed class ManualPool : IWorkItemScheduler
    {
        public ManualPool() => Door = new PoolDoor(this, TakenIn.Add, () => Begun++);

        public PoolDoor Door { get; }

        public Queue<Action> Turns { get; } = [];

        public List<PendingCall> TakenIn { get; } = [];

        public int Begun { get; private set; }

        public PendingCall Enter()
        {
            var call = new PendingCall(s_call, null);
            Assert.True(Door.TryEnter(call));
            return call;
        }

        public void RunTurns()
        {
            while (Turns.TryDequeue(out var turn)) turn();
        }

        public void QueueAction(Action action) => Turns.Enqueue(action);

        public void QueueAction(Action<object> action, object state) => throw new NotSupportedException();

        public void QueueTask(Task task) => throw new NotSupportedException();

        public void QueueWorkItem(IThreadPoolWorkItem workItem) => throw new NotSupportedException();
    }

    /// <summary>A pool that answers at once, on turns of real threads, one after the other.</summary>
    private sealed class BusyPool : IWorkItemScheduler
    {
        private readonly TaskFactory _turns = new(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
        private readonly TaskCompletionSource _takenSome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _taken;

        public BusyPool() => Door = new PoolDoor(this, TakeIn, () => { });

        public PoolDoor Door { get; }

        public Task TakenSome => _takenSome.Task;

        public List<Task<PoolAnswer>> Enter(int calls)
        {
            var let = new List<Task<PoolAnswer>>();
            for (var i = 0; i < calls; i++)
            {
                var call = new PendingCall(s_call, null);
                if (Door.TryEnter(call)) let.Add(call.Answer);
            }

            return let;
        }

        public void QueueAction(Action action) => _ = _turns.StartNew(action);

        public void QueueAction(Action<object> action, object state) => throw new NotSupportedException();

        public void QueueTask(Task task) => throw new NotSupportedException();

        public void QueueWorkItem(IThreadPoolWorkItem workItem) => throw new NotSupportedException();

        private void TakeIn(PendingCall call)
        {
            if (++_taken == 1_000) _takenSome.SetResult();
            call.End(PoolAnswer.Answered([], 1));
        }
    }

    /// <summary>Has no grain to give.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "The proxy derives from it.")]
    private class NoGrains : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? method, object?[]? arguments) => throw new NotSupportedException(method?.Name);
    }
}
