using System.Globalization;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Output;

/// <summary>Use and entitlement, one account a line; users of a project stand indented below it.</summary>
internal static class ShareTable
{
    /// <summary><c>vision/ann</c>, <c>vision</c>, or <c>ann</c>.</summary>
    public static string Name(AccountShare account) =>
        account.User.Length == 0 ? account.Project : account.Project.Length == 0 ? account.User : $"{account.Project}/{account.User}";

    public static GrowingTable<AccountShare> Create(int width) => new(Columns, width, color: false);

    private static readonly Column<AccountShare>[] Columns =
    [
        new("ACCOUNT", account => account.Project.Length > 0 ? account.Project : JobRows.None) { Minimum = 7 },
        new("USER", account => account.User.Length > 0 ? account.User : JobRows.None) { Minimum = 6 },
        new("SHARES", account => account.Shares.ToString(CultureInfo.InvariantCulture)) { RightAligned = true },
        new("NORMSHARE", account => Part(account.NormalizedShare)) { RightAligned = true, DropOrder = 2 },
        new("USE", account => Hours(account.Use)) { RightAligned = true },
        new("NOW", account => account.Rate.ToString("0.##", CultureInfo.InvariantCulture)) { RightAligned = true, DropOrder = 1 },
        new("EFFECTV", account => Part(account.EffectiveUse)) { RightAligned = true },
        new("FAIRSHARE", account => Part(account.Factor)) { RightAligned = true },
        new("JOBS", account => account.Jobs.ToString(CultureInfo.InvariantCulture)) { RightAligned = true },
    ];

    private static string Hours(double costSeconds) => (costSeconds / 3600).ToString("0.00", CultureInfo.InvariantCulture) + "h";

    private static string Part(double part) => part.ToString("0.0000", CultureInfo.InvariantCulture);
}
