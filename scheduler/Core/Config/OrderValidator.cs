using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Config;

/// <summary>Checks the rules of order: <c>order</c>, <c>costs</c>, <c>shares</c>, <c>quotas</c>, and tiers' <c>limits</c>.</summary>
internal static class OrderValidator
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static IEnumerable<Fault> Validate(PoolConfig config) =>
    [
        .. Order(config.Order),
        .. Costs(config.Costs),
        .. Shares(config.Shares.Users, "shares.users"),
        .. Shares(config.Shares.Projects, "shares.projects"),
        .. Rules(config.Quotas.Users, "quotas.users"),
        .. Rules(config.Quotas.Projects, "quotas.projects"),
        .. config.Tiers.SelectMany((tier, i) => Limits(tier.Limits, $"tiers[{i}].limits")),
    ];

    private static IEnumerable<Fault> Order(OrderConfig order) => new[]
    {
        Between(order.Weights.Priority, 0, 1_000_000, "order.weights.priority"),
        Between(order.Weights.Age, 0, 1_000_000, "order.weights.age"),
        Between(order.Weights.FairShare, 0, 1_000_000, "order.weights.fairShare"),
        Between(order.Weights.Deadline, 0, 1_000_000, "order.weights.deadline"),
        Between(order.MaxAge, TimeSpan.FromMinutes(1), Year, "order.maxAge"),
        Between(order.MaxWait, TimeSpan.Zero, Year, "order.maxWait"),
        Between(order.DeadlineWindow, TimeSpan.FromMinutes(1), Year, "order.deadlineWindow"),
        Between(order.HalfLife, TimeSpan.Zero, 10 * Year, "order.halfLife"),
        order.HalfLife > TimeSpan.Zero && order.HalfLife < TimeSpan.FromMinutes(1)
            ? new Fault("order.halfLife", $"{order.HalfLife:c}", "0 for no decay, or at least a minute")
            : null,
    }.OfType<Fault>();

    private static IEnumerable<Fault> Costs(CostConfig costs) => new[]
    {
        Cost(costs.Datacenter, "costs.datacenter"),
        Cost(costs.Professional, "costs.professional"),
        Cost(costs.Consumer, "costs.consumer"),
        Cost(costs.Integrated, "costs.integrated"),
        Cost(costs.CpuCore, "costs.cpuCore"),
    }.OfType<Fault>();

    private static IEnumerable<Fault> Shares(IReadOnlyDictionary<string, int> shares, string field) =>
        shares.Select(share => Between(share.Value, 1, 1_000_000, $"{field}.{share.Key}")).OfType<Fault>();

    private static IEnumerable<Fault> Rules(IReadOnlyList<QuotaRule> rules, string field)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Name.Length == 0)
                yield return new Fault($"{field}[{i}].name", "", "a name, or '*' for everybody without a rule of their own");
            if (rules.Take(i).Any(other => other.Name == rules[i].Name))
                yield return new Fault($"{field}[{i}].name", rules[i].Name, "each name once");
            foreach (var fault in Limits(rules[i].Limits, $"{field}[{i}]")) yield return fault;
        }
    }

    private static IEnumerable<Fault> Limits(QuotaLimits limits, string field)
    {
        if (limits.Running < 0) yield return new Fault($"{field}.running", $"{limits.Running}", "0 or more");
        if (limits.Submitted < 0) yield return new Fault($"{field}.submitted", $"{limits.Submitted}", "0 or more");
        for (var i = 0; i < limits.Gpus.Count; i++)
        {
            var cap = limits.Gpus[i];
            if (cap.Milli < 0) yield return new Fault($"{field}.gpus.{cap.Name}", $"{cap.Milli}", "0 or more thousandths of a card");
            if (limits.Gpus.Take(i).Any(other => other.Name == cap.Name))
                yield return new Fault($"{field}.gpus.{cap.Name}", cap.Name, "each kind of card once");
        }
    }

    private static Fault? Cost(double value, string field) =>
        value is >= 0 and <= 1000 ? null : new Fault(field, value.ToString(CultureInfo.InvariantCulture), "0 … 1000");

    private static Fault? Between(long value, long least, long most, string field) =>
        value >= least && value <= most ? null : new Fault(field, value.ToString(CultureInfo.InvariantCulture), $"{least} … {most}");

    private static Fault? Between(TimeSpan value, TimeSpan least, TimeSpan most, string field) =>
        value >= least && value <= most ? null : new Fault(field, $"{value:c}", $"{least:c} … {most:c}");
}
