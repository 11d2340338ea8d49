using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with its text or bytes. Keys are kept in lower case, as HTTP/2 sends them.</summary>
    [SuppressMessage("Design", "CA1034", Justification = "Nested in the real package too.")]
    public class Entry
    {
        private static readonly SearchValues<char> AllowedInKey =
            SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        public Entry(string key, string value)
        {
            Key = Normalize(key);
            if (IsBinaryKey(Key))
                throw new ArgumentException($"Key '{key}' ends in '{BinaryHeaderSuffix}', so its value must be bytes.", nameof(key));
            _value = value ?? throw new ArgumentNullException(nameof(value));
        }

        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = Normalize(key);
            if (!IsBinaryKey(Key))
                throw new ArgumentException($"Key '{key}' of a value in bytes must end in '{BinaryHeaderSuffix}'.", nameof(key));
            _valueBytes = [.. valueBytes];
        }

        public string Key { get; }

        public bool IsBinary => _value is null;

        public string Value => _value ?? throw new InvalidOperationException($"The value of '{Key}' is bytes, not text.");

        public byte[] ValueBytes => _valueBytes is null ? Encoding.ASCII.GetBytes(_value!) : [.. _valueBytes];

        internal ReadOnlySpan<byte> RawBytes => _valueBytes;

        public override string ToString() => IsBinary
            ? $"[Entry: key={Key}, valueBytes={_valueBytes!.Length} bytes]"
            : $"[Entry: key={Key}, value={_value}]";

        internal bool HasKey(string key) => string.Equals(Key, key, StringComparison.OrdinalIgnoreCase);

        internal static bool IsBinaryKey(string key) => key.EndsWith(BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase);

        private static string Normalize(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            if (key.AsSpan().ContainsAnyExcept(AllowedInKey))
                throw new ArgumentException($"Metadata key '{key}' may hold letters, digits, '-', '_' and '.' only.", nameof(key));
            return key.ToLowerInvariant();
        }
    }
}
