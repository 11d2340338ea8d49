using Google.Protobuf.Reflection;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Architecture.Tests;

/// <summary>The wire contract is additive: nothing that a released client or worker speaks may vanish or change its meaning.</summary>
public sealed class WireContractTests
{
    private const string Golden = "protos/contract.txt";

    private static readonly FileDescriptor[] Files =
        [ResourcesReflection.Descriptor, JobsReflection.Descriptor, WorkersReflection.Descriptor, PoolsReflection.Descriptor];

    [Fact]
    public void Contract_AgainstTheRecordedOne_HasLostAndChangedNothing()
    {
        var path = Path.Combine(Repository.Root, Golden);
        var now = Files.SelectMany(Lines).Order(StringComparer.Ordinal).ToList();
        if (Environment.GetEnvironmentVariable("GPUSCHED_UPDATE_GOLDEN") == "1") File.WriteAllLines(path, now);

        var recorded = File.ReadAllLines(path);

        Assert.True(!recorded.Except(now).Any(), "removed, renumbered or retyped: " + string.Join("; ", recorded.Except(now)));
        Assert.True(
            !now.Except(recorded).Any(), "added but not recorded (GPUSCHED_UPDATE_GOLDEN=1): " + string.Join("; ", now.Except(recorded)));
    }

    private static IEnumerable<string> Lines(FileDescriptor file) =>
        file.MessageTypes.SelectMany(Lines)
            .Concat(file.EnumTypes.SelectMany(Lines))
            .Concat(file.Services.SelectMany(Lines));

    private static IEnumerable<string> Lines(MessageDescriptor message) =>
        message.Fields.InDeclarationOrder().Select(Line)
            .Append($"message {message.FullName}")
            .Concat(message.NestedTypes.SelectMany(Lines))
            .Concat(message.EnumTypes.SelectMany(Lines));

    private static string Line(FieldDescriptor field)
    {
        var type = field.FieldType switch
        {
            FieldType.Message => field.MessageType.FullName,
            FieldType.Enum => field.EnumType.FullName,
            var scalar => scalar.ToString().ToLowerInvariant(),
        };
        var label = field.IsRepeated ? "repeated " : field.HasPresence ? "optional " : "";
        var group = field.RealContainingOneof is { } oneof ? $" in {oneof.Name}" : "";
        return $"field {field.ContainingType.FullName} {field.FieldNumber} = {label}{type} {field.Name}{group}";
    }

    private static IEnumerable<string> Lines(EnumDescriptor descriptor) =>
        descriptor.Values.Select(value => $"enum {descriptor.FullName} {value.Number} = {value.Name}");

    private static IEnumerable<string> Lines(ServiceDescriptor service) =>
        service.Methods.Select(method =>
            $"rpc {method.FullName}({(method.IsClientStreaming ? "stream " : "")}{method.InputType.FullName})"
            + $" returns ({(method.IsServerStreaming ? "stream " : "")}{method.OutputType.FullName})");
}
