using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Grpc.Core;

namespace GpuScheduler.Host.Grpc;

/// <summary>Page tokens of lists. Callers hand one back as they got it, with the request that it answered: of another list or another
/// request it is refused, as it would leave something out.</summary>
internal static class ListToken
{
    private const string Field = "page_token";
    private const int DigestBytes = 6;

    /// <summary>Where the list goes on.</summary>
    public static string Write(IMessage request, string place) => $"{Digest(request)}:{place}";

    /// <summary>What <see cref="Write"/> was given; null: from the beginning.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: the token is none, or another request's.</exception>
    public static string? Read(IMessage request, string token)
    {
        if (token.Length == 0) return null;
        var digest = $"{Digest(request)}:";
        return token.StartsWith(digest, StringComparison.Ordinal) ? token[digest.Length..] : throw Wrong(token);
    }

    public static RpcException Wrong(string token) =>
        BadRequest.Of(Field, token, "next_page_token of the answer before, with the request that it answered");

    private static string Digest(IMessage request)
    {
        var copy = request.Descriptor.Parser.ParseFrom(request.ToByteArray());
        request.Descriptor.FindFieldByName(Field).Accessor.Clear(copy);
        byte[] bytes = [.. Encoding.UTF8.GetBytes(request.Descriptor.FullName), .. copy.ToByteArray()];
        return Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, DigestBytes));
    }
}
