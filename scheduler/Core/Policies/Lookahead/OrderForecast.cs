namespace GpuScheduler.Core.Policies.Lookahead;

/// <summary>What would happen if an order were followed to the end: at each completion cards go to the first in the order that
/// fit. Nodes and restarts are left out; both weigh the same on every order.</summary>
internal sealed class OrderForecast
{
    private const double Over = 1e-9;

    private readonly IReadOnlyList<Contender> order;
    private readonly double[] left;

    /// <summary>The jobs that have not ended, as a chain: <c>next[i]</c> follows the i-th of the order, counted from one.</summary>
    private readonly int[] next;

    private OrderForecast(IReadOnlyList<Contender> order)
    {
        this.order = order;
        left = [.. order.Select(job => job.RemainingTime)];
        next = [.. Enumerable.Range(1, order.Count), 0];
    }

    /// <returns>s; the jobs' completion times from now, added up.</returns>
    public static double SumOfCompletions(IReadOnlyList<Contender> order, int cards)
    {
        var forecast = new OrderForecast(order);
        var (now, sum) = (0.0, 0.0);
        while (order.Count > 0 && forecast.next[0] != 0)
        {
            var running = forecast.Fill(cards);
            if (running.Count == 0)
                return double.PositiveInfinity;

            var step = running.Min(job => forecast.left[job - 1]);
            now += step;
            sum += now * forecast.Run(running, step);
        }

        return sum;
    }

    private List<int> Fill(int free)
    {
        var running = new List<int>();
        for (var job = next[0]; job != 0 && free > 0; job = next[job])
        {
            if (order[job - 1].Devices > free)
                continue;

            free -= order[job - 1].Devices;
            running.Add(job);
        }

        return running;
    }

    /// <returns>How many ended.</returns>
    private int Run(List<int> running, double step)
    {
        var (ended, turn) = (0, 0);
        for (var (before, job) = (0, next[0]); turn < running.Count; job = next[job])
        {
            if (job == running[turn])
            {
                turn++;
                left[job - 1] -= step;
                if (left[job - 1] <= Over)
                {
                    next[before] = next[job];
                    ended++;
                    continue;
                }
            }

            before = job;
        }

        return ended;
    }
}
