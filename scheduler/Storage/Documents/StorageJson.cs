using System.Text.Json.Serialization;

namespace GpuScheduler.Storage.Documents;

/// <summary>The JSON that stores keep. No reflection: it is written for every submission. Unknown fields are skipped and
/// missing ones read as empty, so that neighbouring versions read each other's rows.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SpecDocument))]
[JsonSerializable(typeof(NodeDocument))]
[JsonSerializable(typeof(FamilyDocument))]
[JsonSerializable(typeof(CheckpointDocument[]))]
[JsonSerializable(typeof(ShareDocument[]))]
[JsonSerializable(typeof(ActDocument[]))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class StorageJson : JsonSerializerContext;
