namespace GpuScheduler.Client.Submission;

/// <summary>Flags of sbatch that would change what a job gets, and that we can't honour yet. Ignoring them would hand out
/// something else than was asked for, so they are refused with the nearest thing that works.</summary>
internal static class UnsupportedFlags
{
    public static string? Reason(string flag) => flag switch
    {
        "--nice" => "use --priority N (higher starts earlier; nice 10 is --priority -10)",
        "--mem-per-cpu" => "use --mem with the total, or --mem-per-gpu",
        "--cpus-per-gpu" => "use --cpus with the total",
        "--ntasks-per-gpu" or "--ntasks-per-socket" or "--ntasks-per-core" or "--mincpus" or "-B" or "--extra-node-info" =>
            "a job has one task here; use --cpus",
        "--gpus-per-socket" or "--sockets-per-node" or "--cores-per-socket" => "use --gpus-per-node and --cpus, which count for each node",
        "-C" or "--constraint" or "--prefer" => "say what the card must have in --gpus, such as 'cc>=8.0' or '40GB..'",
        "-b" or "--begin" => "submit with --hold and release later",
        "--time-min" => "use --time",
        "--signal" => "use --checkpoint-signal SIG with --grace",
        "-q" or "--qos" => "use --tier and --priority",
        "--reservation" => "reservations aren't supported yet",
        "-s" or "--oversubscribe" => "machines are shared anyway; a part of a card is --gpu-share 250m",
        "-L" or "--licenses" => "licenses aren't supported yet",
        "--mail-type" or "--mail-user" => "mail isn't supported yet; use 'gpusched wait ID && …'",
        "--test-only" => "dry runs aren't supported yet; submit with --hold and ask 'gpusched explain ID'",
        "-k" or "--no-kill" or "-O" or "--overcommit" => "there is no such mode",
        "--open-mode" => "each attempt's output is kept apart; see 'gpusched logs ID'",
        "-i" or "--input" => "redirect inside the script",
        "-Q" or "--quiet" or "-v" or "--verbose" => "--parsable prints the id alone",
        "--uid" or "--gid" => "jobs run as the worker's user",
        "--container" or "--bb" or "--bbf" or "--clusters" or "-M" => "there is no such thing here",
        _ => null,
    };
}
