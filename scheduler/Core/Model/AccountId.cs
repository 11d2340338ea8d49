namespace GpuScheduler.Core.Model;

/// <summary>Names whose use is counted.</summary>
/// <param name="Project">Empty: none.</param>
/// <param name="User">Empty: the project as a whole.</param>
public readonly record struct AccountId(string Project, string User)
{
    /// <summary><c>vision/ann</c>, <c>ann</c> or <c>vision</c>.</summary>
    public override string ToString() => User.Length == 0 ? Project : Project.Length == 0 ? User : $"{Project}/{User}";
}
