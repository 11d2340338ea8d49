using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace GpuScheduler.Architecture.Tests;

/// <summary>Core decides and does nothing else: no packages, no I/O, no clock, no chance, no threads.</summary>
/// <remarks>
/// Read from the compiled assembly: implicit usings would let <c>File</c> or <c>Random</c> in without a mention of their namespace.
/// </remarks>
public sealed partial class CorePurityTests
{
    private static readonly string[] s_forbiddenNamespaces = ["System.IO", "System.Net", "System.Threading", "System.Reflection.Emit"];

    /// <summary>Signatures of the store's interface, which Core defines and others implement.</summary>
    private static readonly string[] s_allowedInSignatures =
        ["System.Threading.CancellationToken", "System.Threading.Tasks.Task", "System.Threading.Tasks.Task`1"];

    private static readonly string[] s_forbiddenTypes =
    [
        "System.Runtime.CompilerServices.AsyncTaskMethodBuilder", "System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1",
        "System.TimeProvider", "System.Random", "System.Console", "System.Security.Cryptography.RandomNumberGenerator",
        "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
    ];

    private static readonly string[] s_forbiddenMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.Environment.get_TickCount64", "System.Environment.GetEnvironmentVariable",
    ];

    /// <summary>Stages of the cycle. The engine calls them in order; they don't call each other.</summary>
    private static readonly string[] s_stages =
        ["Admission", "Queueing", "Placement", "Leases", "Lifecycle", "Retry", "NodeHealth"];

    private static readonly Assembly s_core = Assembly.Load("GpuScheduler.Core");

    [Fact]
    public void Core_references_no_project_and_no_package()
    {
        var core = Project.In("scheduler/Core");

        Assert.Empty(core.References);
        Assert.Empty(core.Packages);
    }

    [Fact]
    public void Core_references_only_the_base_class_library()
    {
        var others = s_core.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal));

        Assert.Empty(others);
    }

    [Fact]
    public void Core_uses_no_clock_no_chance_no_input_or_output_and_no_threads()
    {
        using var file = new PEReader(File.OpenRead(s_core.Location));
        var metadata = file.GetMetadataReader();

        var used = TypesOf(metadata).Where(IsForbidden).Concat(MembersOf(metadata).Where(s_forbiddenMembers.Contains)).Distinct().Order();

        Assert.True(!used.Any(), $"scheduler/Core uses {string.Join(", ", used)}: take it as an input instead.");
    }

    [Fact]
    public void Stages_of_the_cycle_do_not_call_each_other()
    {
        var offenders =
            from path in Repository.ProductSources
            where path.StartsWith("scheduler/Core/", StringComparison.Ordinal)
            let own = path.Split('/')[2]
            where s_stages.Contains(own)
            from Match use in UsedFolder().Matches(Repository.Read(path))
            let other = use.Groups[1].Value
            where other != own && s_stages.Contains(other)
            select $"{path} uses Core.{other}";

        Assert.True(!offenders.Any(), string.Join("; ", offenders.Distinct()));
    }

    private static bool IsForbidden(string type) =>
        s_forbiddenTypes.Contains(type)
        || (!s_allowedInSignatures.Contains(type)
            && s_forbiddenNamespaces.Any(space => type.StartsWith(space + ".", StringComparison.Ordinal)));

    private static IEnumerable<string> TypesOf(MetadataReader metadata) =>
        metadata.TypeReferences.Select(handle => NameOf(metadata, metadata.GetTypeReference(handle)));

    private static IEnumerable<string> MembersOf(MetadataReader metadata) =>
        from handle in metadata.MemberReferences
        let member = metadata.GetMemberReference(handle)
        where member.Parent.Kind == HandleKind.TypeReference
        select $"{NameOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)member.Parent))}.{metadata.GetString(member.Name)}";

    private static string NameOf(MetadataReader metadata, TypeReference type) =>
        $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

    [GeneratedRegex(@"\bCore\.([A-Z]\w+)")]
    private static partial Regex UsedFolder();
}
