using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Session;

/// <summary>The scheduler's store is another one than before, over a real session and with real attempts.</summary>
public sealed class OtherStoreTests
{
    private static readonly StoreName First = new() { Id = "aaaa", Generation = 1 };
    private static readonly StoreName Second = new() { Id = "bbbb", Generation = 1 };

    [Fact]
    public async Task A_worker_comes_again_with_the_right_folder_and_tells_what_the_other_store_holds()
    {
        await using var worker = await StartAsync();
        var (job, go) = Gated(worker);
        await worker.Talk.DispatchAsync(job);
        await worker.Talk.StartOfAsync(job);

        var hello = await MeetAsync(worker, Second);

        Assert.Empty(hello.Attempts);
        // The other one is the data directory itself, which belongs to no store.
        var kept = Assert.Single(hello.KeptStores, store => store.Name.Id.Length > 0);
        Assert.Equal(First, kept.Name);
        var held = Assert.Single(kept.Attempts);
        Assert.Equal((job.JobId, 1, 2, 512L), (held.JobId, held.Attempt, held.CpuCores, held.MemoryMib));
        Assert.Equal(("GPU-1", 1000), (Assert.Single(held.Devices).Uuid, held.Devices[0].MilliGpu));
        File.WriteAllText(go, "");
        await worker.Talk.UntilAsync(
            heard => heard.Any(message => message.KeptStores is { } told && told.Stores.All(store => store.Attempts.Count == 0)),
            "the end told to the second");
    }

    [Fact]
    public async Task An_end_is_reported_to_the_attempts_own_store_alone()
    {
        await using var worker = await StartAsync();
        var (job, go) = Gated(worker);
        await worker.Talk.DispatchAsync(job);
        await worker.Talk.StartOfAsync(job);
        await MeetAsync(worker, Second);
        File.WriteAllText(go, "");
        await worker.Talk.UntilAsync(heard => heard.Any(message => message.KeptStores is not null), "the end told to the second");

        // The same number, and another job.
        var same = job.Clone().With(dispatch => dispatch.Spec.Command[2] = "exit 3");
        Assert.Equal(3, (await worker.RunAsync(same)).ExitCode);
        var hello = await MeetAsync(worker, First);

        Assert.Equal((job.JobId, false), (Assert.Single(hello.Attempts).JobId, hello.Attempts[0].Running));
        await worker.Talk.UntilAsync(_ => worker.Talk.Of(job).Count(report => report.Ended is not null) == 2, "the end told to the first");
        Assert.Equal([3, 6], worker.Talk.Of(job).Where(report => report.Ended is not null).Select(report => report.Ended.ExitCode));
    }

    [Fact]
    public async Task A_worker_that_cannot_open_the_folder_says_no_hello_until_it_can()
    {
        await using var worker = await StartAsync();
        await worker.Talk.UntilAsync(_ => worker.Talk.Hellos.Count > 0, "the first hello");
        await worker.RunAsync(A.Command("true"));
        var (said, folder) = (worker.Talk.Hellos.Count, Path.Combine(worker.Data.Root, "stores", "bbbb-1"));
        File.WriteAllText(folder, "in its place");

        worker.Talk.Store = Second;
        worker.Talk.EndSessions();
        await worker.Retries.WaitAsync(3);
        Assert.Equal(said + 1, worker.Talk.Hellos.Count);
        File.Delete(folder);

        await worker.Talk.FirstAsync(
            _ => worker.Talk.Hellos.Skip(said).FirstOrDefault(hello => Second.Equals(hello.Store?.Name)), "a hello about the second");
    }

    [Theory]
    [InlineData("../../escape")]
    [InlineData("")]
    public async Task A_store_that_cannot_be_one_makes_no_folder(string id)
    {
        await using var worker = await StartAsync();
        await worker.Talk.UntilAsync(_ => worker.Talk.Hellos.Count > 0, "the first hello");
        var said = worker.Talk.Hellos.Count;

        worker.Talk.OddStore = new StoreName { Id = id, Generation = 1 };
        worker.Talk.EndSessions();
        await worker.Talk.UntilAsync(_ => worker.Talk.Hellos.Count > said + 1, "a further hello");

        Assert.Equal(["aaaa-1"], Directory.GetDirectories(Path.Combine(worker.Data.Root, "stores")).Select(Path.GetFileName));
        Assert.False(Directory.Exists(Path.Combine(worker.Folder.Path, "escape-1")));
        worker.Talk.OddStore = null;
    }

    private static Task<TestWorker> StartAsync() => TestWorker.StartAsync(
        talk => talk.Store = First, cards: [new InventoryDevice { Uuid = "GPU-1", Model = "NVIDIA A100-SXM4-80GB", MemoryMib = 81_920 }]);

    private static (Dispatch Job, string Go) Gated(TestWorker worker)
    {
        var go = Path.Combine(worker.Folder.Path, "go");
        return (A.Shell($"while [ ! -e {go} ]; do sleep 0.02; done; exit 6").With(job => job.Devices.Add("GPU-1")), go);
    }

    /// <returns>The hello that the scheduler welcomes.</returns>
    private static async Task<WorkerHello> MeetAsync(TestWorker worker, StoreName store)
    {
        var said = worker.Talk.Hellos.Count;
        worker.Talk.Store = store;
        worker.Talk.EndSessions();
        return await worker.Talk.FirstAsync(
            _ => worker.Talk.Hellos.Skip(said).FirstOrDefault(hello => store.Equals(hello.Store?.Name)), $"a hello about {store.Id}");
    }
}
