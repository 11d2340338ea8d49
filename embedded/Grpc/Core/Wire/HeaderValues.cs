namespace Grpc.Core.Wire;

/// <summary>Metadata entries as header values and back.</summary>
internal static class HeaderValues
{
    /// <summary>Text as it is; bytes as base64 without padding, as the protocol recommends.</summary>
    public static string Encode(Metadata.Entry entry)
    {
        if (entry.IsBinary)
            return Convert.ToBase64String(entry.RawBytes).TrimEnd('=');
        if (entry.Value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new RpcException(new Status(
                StatusCode.Internal, $"Metadata '{entry.Key}' may hold printable ASCII only; other text goes into a '-bin' key."));
        return entry.Value;
    }

    /// <summary>Adds one header line; a peer may have joined several binary values by commas.</summary>
    public static void Decode(Metadata metadata, string name, string value)
    {
        if (!Metadata.Entry.IsBinaryKey(name))
        {
            metadata.Add(name, value);
            return;
        }

        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
            metadata.Add(name, DecodeBase64(name, part));
    }

    private static byte[] DecodeBase64(string name, string text)
    {
        try
        {
            return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
        }
        catch (FormatException ex)
        {
            throw new RpcException(new Status(StatusCode.Internal, $"Metadata '{name}' isn't valid base64.", ex));
        }
    }
}
