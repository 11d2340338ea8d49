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
        ["embedded/Orleans"] = [],
        ["embedded/Orleans.TestingHost"] = ["embedded/Orleans"],
        ["embedded/Grpc/Core"] = [],
        ["embedded/Grpc/Client"] = ["embedded/Grpc/Core"],
        ["embedded/Grpc/Server"] = ["embedded/Grpc/Core"],
    };

    /// <summary>Where each kind of framework type may appear; the build decides where those types come from.</summary>
    private static readonly Dictionary<string, string[]> s_usersOf = new()
    {
        ["UsesOrleans"] = ["scheduler/Grains", "scheduler/Host"],
        ["UsesOrleansTestingHost"] = [],
        ["UsesGrpcCore"] = ["protos"],
        ["UsesGrpcServer"] = ["scheduler/Host"],
        ["UsesGrpcClient"] = ["worker", "client"],
    };

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
        var misplaced = Project.In(folder).Uses
            .Where(use => !s_usersOf.TryGetValue(use, out var users) || !users.Contains(folder))
            .ToList();

        Assert.True(misplaced.Count == 0, $"{folder} may not say {string.Join(", ", misplaced)}.");
    }

    [Fact]
    public void No_project_outside_of_embedded_names_an_embedded_one()
    {
        var offenders = Project.All
            .Where(project => !project.Folder.StartsWith("embedded/", StringComparison.Ordinal))
            .Where(project => project.References.Any(reference => reference.StartsWith("embedded/", StringComparison.Ordinal)))
            .Select(project => project.Path);

        Assert.True(!offenders.Any(), $"say UsesOrleans or UsesGrpc… instead (embedded/Hosting.targets): {string.Join(", ", offenders)}");
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
