using Google.Protobuf;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Protos;

/// <summary>Between a specification on the wire and one whose strings hold <see cref="RawText"/>.</summary>
public static class RawSpec
{
    /// <summary>Takes what isn't UTF-8 out of the strings, which then are for people, and puts it beside them.</summary>
    public static void Close(JobSpec spec)
    {
        var raw = new RawTexts();
        spec.Script = Close(spec.Script, bytes => raw.Script = bytes);
        spec.WorkingDirectory = Close(spec.WorkingDirectory, bytes => raw.WorkingDirectory = bytes);
        spec.Output = Close(spec.Output, bytes => raw.Output = bytes);
        spec.Error = Close(spec.Error, bytes => raw.Error = bytes);
        spec.Comment = Close(spec.Comment, bytes => raw.Comment = bytes);
        spec.SubmitDirectory = Close(spec.SubmitDirectory, bytes => raw.SubmitDirectory = bytes);
        if (spec.Checkpoint is { } checkpoint)
            checkpoint.Directory = Close(checkpoint.Directory, bytes => raw.CheckpointDirectory = bytes);
        Close(spec.Command, raw.Command);
        Close(spec.ScriptArguments, raw.ScriptArguments);
        foreach (var (name, value) in spec.Environment.Where(variable => HasMarks(variable)).ToList())
        {
            spec.Environment.Remove(name);
            raw.Environment.Add(new RawVariable { Name = Bytes(name), Value = Bytes(value) });
        }

        CloseNames(spec);
        spec.Raw = raw.CalculateSize() > 0 ? raw : null;
    }

    /// <summary>Names and expressions are for people and for the scheduler: there a sign in a byte's place is enough.</summary>
    private static void CloseNames(JobSpec spec)
    {
        (spec.Name, spec.User, spec.Project, spec.Tier) =
            (RawText.Readable(spec.Name), RawText.Readable(spec.User), RawText.Readable(spec.Project), RawText.Readable(spec.Tier));
        (spec.Gpus, spec.NodeList, spec.Exclude) =
            (RawText.Readable(spec.Gpus), RawText.Readable(spec.NodeList), RawText.Readable(spec.Exclude));
        (spec.Array, spec.Dependency, spec.TimeLimit, spec.Deadline) =
            (RawText.Readable(spec.Array), RawText.Readable(spec.Dependency), RawText.Readable(spec.TimeLimit),
                RawText.Readable(spec.Deadline));
        (spec.Memory, spec.MemoryPerGpu, spec.GpuShare, spec.GpuMemory) =
            (RawText.Readable(spec.Memory), RawText.Readable(spec.MemoryPerGpu), RawText.Readable(spec.GpuShare),
                RawText.Readable(spec.GpuMemory));
        (spec.Precision, spec.MinDriver, spec.MinCuda) =
            (RawText.Readable(spec.Precision), RawText.Readable(spec.MinDriver), RawText.Readable(spec.MinCuda));
    }

    /// <summary>Adds the script to a specification that was closed without it.</summary>
    public static void SetScript(JobSpec spec, string script) =>
        spec.Script = Close(script, bytes => (spec.Raw ??= new RawTexts()).Script = bytes);

    /// <summary>True where <see cref="Open(JobSpec)"/> would change nothing, as in nearly all specifications.</summary>
    public static bool IsOpen(JobSpec spec) =>
        spec.Raw is null && !RawText.HasMarks(spec.Script) && !RawText.HasMarks(spec.WorkingDirectory) && !RawText.HasMarks(spec.Output)
        && !RawText.HasMarks(spec.Error) && !RawText.HasMarks(spec.Comment) && !RawText.HasMarks(spec.SubmitDirectory)
        && !RawText.HasMarks(spec.Checkpoint?.Directory ?? "") && !HasMarks(spec.Command) && !HasMarks(spec.ScriptArguments)
        && (spec.Environment.Count == 0 || !spec.Environment.Any(HasMarks));

    /// <summary>Puts into the strings what stands beside them.</summary>
    public static void Open(JobSpec spec)
    {
        var raw = spec.Raw ?? new RawTexts();
        spec.Script = Open(spec.Script, raw.Script);
        spec.WorkingDirectory = Open(spec.WorkingDirectory, raw.WorkingDirectory);
        spec.Output = Open(spec.Output, raw.Output);
        spec.Error = Open(spec.Error, raw.Error);
        spec.Comment = Open(spec.Comment, raw.Comment);
        spec.SubmitDirectory = Open(spec.SubmitDirectory, raw.SubmitDirectory);
        if (spec.Checkpoint is { } checkpoint) checkpoint.Directory = Open(checkpoint.Directory, raw.CheckpointDirectory);
        Open(spec.Command, raw.Command);
        Open(spec.ScriptArguments, raw.ScriptArguments);
        foreach (var (name, value) in spec.Environment.Where(variable => HasMarks(variable)).ToList())
        {
            spec.Environment.Remove(name);
            spec.Environment[Open(name, ByteString.Empty)] = Open(value, ByteString.Empty);
        }

        foreach (var variable in raw.Environment)
            spec.Environment[RawText.FromBytes(variable.Name.Span)] = RawText.FromBytes(variable.Value.Span);
        spec.Raw = null;
    }

    private static string Close(string text, Action<ByteString> keep)
    {
        if (!RawText.HasMarks(text)) return text;
        keep(Bytes(text));
        return RawText.Readable(text);
    }

    private static void Close(IList<string> texts, IDictionary<int, ByteString> kept)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            var place = i;
            texts[i] = Close(texts[i], bytes => kept[place] = bytes);
        }
    }

    /// <summary>A string that came over the wire may hold what we use as a mark, and mean it.</summary>
    private static string Open(string text, ByteString raw)
    {
        if (raw.Length > 0) return RawText.FromBytes(raw.Span);
        return RawText.HasMarks(text) ? RawText.FromBytes(System.Text.Encoding.UTF8.GetBytes(text)) : text;
    }

    private static void Open(IList<string> texts, IDictionary<int, ByteString> raw)
    {
        for (var i = 0; i < texts.Count; i++) texts[i] = Open(texts[i], raw.TryGetValue(i, out var bytes) ? bytes : ByteString.Empty);
    }

    private static bool HasMarks(IList<string> texts)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            if (RawText.HasMarks(texts[i])) return true;
        }

        return false;
    }

    private static bool HasMarks(KeyValuePair<string, string> variable) =>
        RawText.HasMarks(variable.Key) || RawText.HasMarks(variable.Value);

    private static ByteString Bytes(string text) => ByteString.CopyFrom(RawText.ToBytes(text));
}
