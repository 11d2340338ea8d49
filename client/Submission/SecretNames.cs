namespace GpuScheduler.Client.Submission;

/// <summary>Tells by its name that a variable holds a secret: by whole words, so that MONKEY and TOKENIZERS_PARALLELISM are none.</summary>
internal static class SecretNames
{
    private static readonly HashSet<string> s_always = new(StringComparer.OrdinalIgnoreCase)
    {
        "SECRET", "SECRETS", "PASSWORD", "PASSWORDS", "PASSWD", "PASSPHRASE", "PASS", "PWD", "CREDENTIAL", "CREDENTIALS", "APIKEY", "AUTH",
        "HEADERS",
    };

    private static readonly HashSet<string> s_often = new(StringComparer.OrdinalIgnoreCase) { "TOKEN", "KEY" };

    /// <summary>Beside them a token or key is something that is counted or looked up.</summary>
    private static readonly HashSet<string> s_measures = new(StringComparer.OrdinalIgnoreCase)
    {
        "MAX", "MIN", "NUM", "LIMIT", "LENGTH", "LEN", "SIZE", "COUNT", "BUDGET", "PAD", "EOS", "BOS", "SORT",
    };

    public static bool Looks(string name)
    {
        var words = name.Split('_', '-', '.');
        return words.Any(s_always.Contains) || (words.Any(s_often.Contains) && !words.Any(s_measures.Contains));
    }
}
