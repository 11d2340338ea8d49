namespace GpuScheduler.Architecture.Tests;

/// <summary>Who may reference whom: the table in ARCHITECTURE.md.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["protos"] = [],
        ["scheduler/Core"] = [],
        ["scheduler/Storage"] = ["scheduler/Core"],
        ["scheduler/Grains"] = ["scheduler/Core"],
        ["scheduler/Simulation"] = ["scheduler/Core", "scheduler/Storage"],
        ["scheduler/Host"] = ["scheduler/Core", "scheduler/Storage", "scheduler/Grains", "protos"],
        ["worker"] = ["protos"],
        ["client"] = ["protos"],
        ["tests/Testing"] = ["scheduler/Core", "protos"],
    };

    /// <summary>Which projects may name packages that begin so; the first line that fits counts.</summary>
    private static readonly (string Package, string[] Users)[] s_usersOf =
    [
        ("Microsoft.Orleans.TestingHost", []),
        ("Microsoft.Orleans.", ["scheduler/Grains", "scheduler/Host"]),
        ("Grpc.Core.Api", ["protos"]),
        ("Grpc.Tools", ["protos"]),
        ("Grpc.Net.", ["worker", "client"]),
        ("Grpc.", ["scheduler/Host"]),
    ];

    public static TheoryData<string> ProductProjects { get; } =
        [.. Project.All.Select(project => project.Folder).Where(folder => folder == "tests/Testing" || !IsTest(folder))];

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void A_project_references_only_what_the_table_allows(string folder)
    {
        Assert.True(
            s_allowed.TryGetValue(folder, out var allowed),
            $"{folder} is new: say in ARCHITECTURE.md and in this test what it may reference.");

        var forbidden = Project.In(folder).References.Except(allowed!).ToList();

        Assert.True(forbidden.Count == 0, $"{folder} may not reference {string.Join(", ", forbidden)}.");
    }

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void Orleans_and_gRPC_stay_where_they_belong(string folder)
    {
        var misplaced = Project.In(folder).Packages
            .Where(package => s_usersOf.FirstOrDefault(entry => package.StartsWith(entry.Package, StringComparison.Ordinal)) is
            { Users: { } users } && !users.Contains(folder))
            .ToList();

        Assert.True(misplaced.Count == 0, $"{folder} may not use {string.Join(", ", misplaced)}.");
    }

    [Fact]
    public void Every_project_is_part_of_the_solution()
    {
        var solution = Repository.Read("GpuScheduler.sln").Replace('\\', '/');

        var missing = Project.All.Where(project => !solution.Contains(project.Path, StringComparison.Ordinal)).Select(
            project => project.Path);

        Assert.True(!missing.Any(), $"not built by ./test, because not in GpuScheduler.sln: {string.Join(", ", missing)}");
    }

    [Fact]
    public void Package_versions_stand_in_one_file_only()
    {
        var offenders = Project.All
            .Where(
                project => System.Text.RegularExpressions.Regex.IsMatch(Repository.Read(project.Path), "<PackageReference[^>]* Version="))
            .Select(project => project.Path);

        Assert.True(!offenders.Any(), $"move the version to Directory.Packages.props: {string.Join(", ", offenders)}");
    }

    private static bool IsTest(string folder) => folder.StartsWith("tests/", StringComparison.Ordinal);
}
