using GpuScheduler.Host.Tests.Extremes;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Host.Tests.Workers;

/// <summary>A worker that serves another store is told which one this is, and is welcomed when it comes again as told.</summary>
public sealed class OtherStoreTests
{
    private static readonly Core.Model.NodeId Desk = new("desk");

    private readonly WireHost _host = new();

    [Fact]
    public async Task HelloFromAnotherStoresFolder_IsToldTheStore_AndTakenOnceItServesThatOne()
    {
        var hello = Hello(new StoreName { Id = "strange", Generation = 3 });

        var (said, fault) = await _host.Talk(new ConnectRequest { Hello = hello });

        Assert.Null(fault);
        var other = Assert.Single(said).OtherStore;
        Assert.Equal((new StoreName { Id = "wire", Generation = 1 }, true), (other.Store, other.TakesOldFolders));
        Assert.Null(_host.Pool.State.FindNode(Desk));

        // As a worker does it: the folder that it was told, and what it keeps for the other store.
        hello.KeptStores.Add(new KeptStore { Name = hello.Store.Name, Attempts = { Kept() } });
        hello.Store = new ServedStore { Name = other.Store };
        var (welcomed, none) = await _host.Talk(new ConnectRequest { Hello = hello });

        Assert.Null(none);
        Assert.NotNull(welcomed[0].Welcome);
        var kept = Assert.Single(_host.Pool.State.FindNode(Desk)!.KeptStores);
        Assert.Equal(("strange", 3L), (kept.Id, kept.Generation));
        var attempt = Assert.Single(kept.Attempts);
        Assert.Equal(("7", 1, 2, 64L), (attempt.Job, attempt.Number, attempt.CpuCores, attempt.MemoryMib));
    }

    [Fact]
    public async Task LaterGenerationOfThisStore_IsAnsweredWithOneAboveBoth()
    {
        var (said, _) = await _host.Talk(new ConnectRequest { Hello = Hello(new StoreName { Id = "wire", Generation = 5 }) });

        Assert.Equal(new StoreName { Id = "wire", Generation = 6 }, Assert.Single(said).OtherStore.Store);
    }

    [Fact]
    public async Task WorkerThatCannotChangeItsFolder_IsToldInWords()
    {
        var hello = Hello(new StoreName { Id = "strange", Generation = 3 });
        (hello.Instance, hello.Version) = ("", "0.1.0");

        var (said, fault) = await _host.Talk(new ConnectRequest { Hello = hello });

        Assert.Empty(said);
        Assert.Equal(StatusCode.FailedPrecondition, fault!.StatusCode);
        Assert.Contains("node desk holds attempts of another store", fault.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("0.1.0", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsKept_IsToldAgainInTheSessionWheneverItChanges()
    {
        var kept = new KeptStores { Stores = { new KeptStore { Name = new() { Id = "strange", Generation = 3 }, Attempts = { Kept() } } } };
        var none = new KeptStores { Stores = { new KeptStore { Name = kept.Stores[0].Name } } };

        Assert.Null(await _host.Session(WireHost.Hello(), new ConnectRequest { KeptStores = kept }));
        Assert.Single(Assert.Single(Known()).Attempts);
        Assert.Null(await _host.Session(
            WireHost.Hello(), new ConnectRequest { KeptStores = kept }, new ConnectRequest { KeptStores = none }));
        Assert.Empty(Assert.Single(Known()).Attempts);
    }

    private IReadOnlyList<Core.Identity.KeptStore> Known() => _host.Pool.State.FindNode(WireNode.Id)!.KeptStores;

    private static KeptAttempt Kept() => new() { JobId = "7", Attempt = 1, CpuCores = 2, MemoryMib = 64 };

    private static WorkerHello Hello(StoreName served)
    {
        var hello = WireHost.Hello().Hello;
        (hello.Node, hello.Instance) = ("desk", "instance-1");
        hello.Inventory.Devices.Clear();
        hello.Attempts.Clear();
        hello.Store = new ServedStore { Name = served, Opening = "", Commit = 0, JobNumber = 2 };
        return hello;
    }
}
