using System.Net.Sockets;
using GpuScheduler.Common;
using GpuScheduler.Grains.Pools;
using GpuScheduler.Host.Observability;
using GpuScheduler.Host.Options;
using GpuScheduler.Host.Startup;
using GpuScheduler.Storage.Sqlite;

namespace GpuScheduler.Host;

/// <summary>The only place where the parts meet.</summary>
internal static class Program
{
    private const string Name = "gpusched-scheduler";
    private const int BadUsage = 2;
    private const int CannotStart = 1;

    // --accept-loss, or a backup: another start alone changes nothing.
    private const int NeedsAWord = 2;

    private static async Task<int> Main(string[] args)
    {
        LastResort.Watch(Name);
        try
        {
            StandardStreams.Fill();
            return await Parse(args);
        }
        catch (Exception failure)
        {
            return LastResort.Report(Name, failure);
        }
    }

    private static async Task<int> Parse(string[] args)
    {
#pragma warning disable RS0030 // The composition root is the one place that names the system clock.
        var parsed = CommandLine.Describe((options, _) => Run(options, TimeProvider.System)).Parse(args);
#pragma warning restore RS0030
        // Signals are the web host's business: it lets calls in flight finish.
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        foreach (var error in parsed.Errors) LastResort.Say($"{Name}: {error.Message}");
        return BadUsage;
    }

    private static async Task<int> Run(SchedulerOptions asked, TimeProvider clock)
    {
        OwnFiles.KeepNewFilesFromOthers();
        var (options, faults) = OptionsCheck.Check(asked);
        foreach (var fault in faults) LastResort.Say($"{Name}: {fault}");
        if (options is null) return BadUsage;

        OwnFiles.TakeFromOthers(options.Data);
        await using var logger = ObservabilityExtensions.CreateLogger(options, clock);
        try
        {
            await using var store = SqlitePoolStore.Open(
                Path.Combine(options.Data, "gpusched.db"), clock, new SqliteStoreOptions { AcceptLoss = options.AcceptLoss });
            foreach (var note in store.Notes) logger.Warning("{Note}", note);
            if (ListenProbe.Faults(options) is { Count: > 0 } wrong) throw new IOException(string.Join("; ", wrong));
            await Serve(options, store, clock, logger);
            return 0;
        }
        catch (Exception failure) when (failure is StoreRefusedException or IOException or SocketException)
        {
            logger.Fatal("The scheduler can't start: {Why}", failure.Message);
            return failure is StoreLossException ? NeedsAWord : CannotStart;
        }
    }

    private static async Task Serve(CheckedOptions options, SqlitePoolStore store, TimeProvider clock, Serilog.ILogger logger)
    {
        var listening = new Listening(options);
        AddressFile.Delete(options.Data);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = options.Data });
        builder.Services.AddSingleton(clock).AddSingleton<IHostLifetime, StopSignals>().AddRouting();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(listening.Configure).UseSockets(Listening.Configure);
        // In the order in which they start: who watches the pool finds it loaded. Before, Orleans would warn of each try to reach it.
        builder.AddPool(options, store).AddObservability(options, logger).AddStreams().AddCalls();

        await using var app = builder.Build();
        app.MapCalls().MapObservability(options);
        await app.StartAsync();
        AddressFile.WriteStore(options.Data, app.Services.GetRequiredService<StorePosition>().Now.Identity.Id);
        AddressFile.Write(options.Data, listening.Address);
        logger.Information(
            "Version {Version} listening on {Address}, data in {Data}", ProductVersion.Current.Text, listening.Address, options.Data);
        if (options.Otlp.Words is { Length: > 0 } sent) logger.Information("Sending {What} to a collector of OpenTelemetry", sent);
        if (listening.HttpAddress is { } http) logger.Information("Health and metrics on {Address}", http);
        Console.WriteLine($"listening on {listening.Address}");
        app.Lifetime.ApplicationStopping.Register(() => logger.Information("The scheduler stops; jobs that run go on without it"));
        await app.WaitForShutdownAsync();
        await app.SendLastTelemetry(options.Otlp, clock, logger);
    }
}
