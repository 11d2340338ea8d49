using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GpuScheduler.Common.Text;

namespace GpuScheduler.Client.Output.Json;

/// <summary>Serialises without reflection, which would cost more start-up time than the call itself.</summary>
[JsonSerializable(typeof(JobsJson))]
[JsonSerializable(typeof(NodesJson))]
[JsonSerializable(typeof(SubmissionsJson))]
[JsonSerializable(typeof(OutcomesJson))]
[JsonSerializable(typeof(ReloadJson))]
[JsonSerializable(typeof(ExplainJson))]
[JsonSerializable(typeof(PrioritiesJson))]
[JsonSerializable(typeof(SharesJson))]
internal sealed partial class JsonText : JsonSerializerContext
{
    /// <summary>Names stay readable: the output goes to files and programs, never into a web page. What a terminal would
    /// obey is escaped all the same.</summary>
    private static readonly JsonText Readable = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
    });

    public static string Of<T>(T value) =>
        PlainText.Json(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Readable.GetTypeInfo(typeof(T))!));
}
