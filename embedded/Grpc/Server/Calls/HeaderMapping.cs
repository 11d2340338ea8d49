using System.Globalization;
using Grpc.Core;
using Grpc.Core.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Metadata and status as HTTP headers.</summary>
internal static class HeaderMapping
{
    public static Metadata Read(IHeaderDictionary headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers)
        {
            if (WireNames.IsReserved(name))
                continue;
            foreach (var value in values)
                HeaderValues.Decode(metadata, name, value ?? "");
        }

        return metadata;
    }

    public static void Write(IHeaderDictionary headers, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (!WireNames.IsReserved(entry.Key))
                headers[entry.Key] = StringValues.Concat(headers[entry.Key], HeaderValues.Encode(entry));
        }
    }

    public static void Write(IHeaderDictionary headers, Status status)
    {
        headers[WireNames.Status] = status.StatusCode == StatusCode.OK
            ? "0"
            : ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(status.Detail))
            headers[WireNames.Message] = PercentEncoding.Encode(status.Detail);
    }
}
