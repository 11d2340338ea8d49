using GpuScheduler.Core.Config;
using GpuScheduler.Core.FairShare;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.FairShare;

public sealed class AccountBookTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Two_users_with_equal_shares_and_use_have_used_what_is_due()
    {
        var book = Book(new ShareConfig(), ("", "ann", 50), ("", "bob", 50));

        Assert.Equal(0.5, Factor(book, "", "ann"), 9);
        Assert.Equal(0.5, Factor(book, "", "bob"), 9);
    }

    [Fact]
    public void Twice_the_shares_bear_twice_the_use()
    {
        var book = Book(new ShareConfig { Users = new Dictionary<string, int> { ["ann"] = 2 } }, ("", "ann", 200), ("", "bob", 100));

        Assert.Equal(Factor(book, "", "bob"), Factor(book, "", "ann"), 9);
    }

    /// <summary>Slurm's example, with users 1 and 2 as B's and C's only and without the level above them.</summary>
    [Fact]
    public void Who_used_nothing_still_answers_in_part_for_the_project()
    {
        var book = Book(new ShareConfig(), ("vision", "ann", 60), ("vision", "bob", 0.0), ("speech", "eve", 40));
        book.Admit(JobOf("vision", "bob"));
        book.Refresh(Now);

        // vision has half of the pool and used 0.6; bob has half of that and none of the use: 0 + 0.6 * 1/2 = 0.3 against 0.25.
        Assert.Equal(Math.Pow(2, -0.3 / 0.25), Factor(book, "vision", "bob"), 9);
        // ann: 0.6 + (0.6 - 0.6) * 1/2 = 0.6 against 0.25.
        Assert.Equal(Math.Pow(2, -0.6 / 0.25), Factor(book, "vision", "ann"), 9);
        Assert.Equal(Math.Pow(2, -0.4 / 0.5), Factor(book, "speech", "eve"), 9);
    }

    [Fact]
    public void Whoever_is_gone_and_forgotten_takes_no_share()
    {
        var book = Book(new ShareConfig(), ("", "ann", 1e6), ("", "gone", 2));
        book.Refresh(Now.AddDays(14));

        Assert.Equal(1, book.Standing(book.Of(new AccountId("", "ann")), Now.AddDays(14)).Share);
    }

    [Fact]
    public void Ended_attempts_settle_to_what_they_used_and_running_ones_resume()
    {
        var (book, ann) = (Book(new ShareConfig()), new AccountId("", "ann"));
        book.Start(book.Of(ann), 4, Now);
        book.Start(book.Of(ann), 2, Now.AddHours(1));
        book.End(book.Of(ann), 4, Now, Now.AddHours(3));
        var later = Now.AddHours(10);

        // Loaded from what is durable: the settled use, and the attempt that still runs.
        var loaded = Book(new ShareConfig());
        loaded.Remember(ann, book.Of(ann).Settled.At(Now.AddHours(3), book.Decay), Now.AddHours(3));
        loaded.Resume(loaded.Of(ann), 2, Now.AddHours(1), Now.AddHours(6));

        Assert.Equal(book.Of(ann).Use.At(later, book.Decay), loaded.Of(ann).Use.At(later, loaded.Decay), 6);
        Assert.Equal(book.Pool.Use.At(later, book.Decay), loaded.Pool.Use.At(later, loaded.Decay), 6);
        Assert.Equal(2, loaded.Of(ann).Use.Rate);
    }

    private static double Factor(AccountBook book, string project, string user) => book.Of(new AccountId(project, user)).Factor;

    private static AccountBook Book(ShareConfig shares, params (string Project, string User, double Use)[] uses)
    {
        var book = new AccountBook(new OrderConfig(), shares);
        foreach (var (project, user, use) in uses) book.Remember(new AccountId(project, user), use, Now);
        book.Refresh(Now);
        return book;
    }

    private static Job JobOf(string project, string user) => new(new JobId(1), new JobSpec
    {
        Draft = new JobDraft { Project = project, User = user },
        Name = "job",
        Tier = "training",
        Request = new ResourceRequest(null, 1, 1, [], []),
        Retries = 0,
        Grace = TimeSpan.Zero,
    }, Now);
}
