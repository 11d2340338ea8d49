using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Openb;

namespace GpuScheduler.Simulation.Tests.Input;

/// <summary>A broken row is named by file, line, column and value, with what is allowed.</summary>
public sealed class BrokenInputTests
{
    private const string NodeHeader = "sn,cpu_milli,memory_mib,gpu,model\n";
    private const string PodHeader = "name,cpu_milli,memory_mib,num_gpu,gpu_milli\n";

    [Theory]
    [InlineData("n1,x,1,1,A", "nodes.csv:2: column 'cpu_milli' is 'x'; allowed: a whole number from 0 to 2147483647")]
    [InlineData("n1,1,-1,1,A", "nodes.csv:2: column 'memory_mib' is '-1'; allowed: a whole number from 0 to 9223372036854775807")]
    [InlineData("n1,1,1,1,", "nodes.csv:2: column 'model' is ''; allowed: a name, since the node has cards")]
    [InlineData("n1,1,1,1,A\n\nn1,1,1,1,A", "nodes.csv:4: column 'sn' is 'n1'; allowed: a name that no earlier row has")]
    [InlineData("n1,1,1", "nodes.csv:2: has 3 values; allowed: 5, one for each column of the header")]
    public void Broken_nodes(string rows, string message) =>
        Assert.Equal(message, Refusal(() => NodeList.Read(Table("nodes.csv", NodeHeader + rows))));

    [Theory]
    [InlineData("p,1,1,1,1001", "pods.csv:2: column 'gpu_milli' is '1001'; allowed: a whole number from 1 to 1000")]
    [InlineData("p,1,1,0,5", "pods.csv:2: column 'gpu_milli' is '5'; allowed: 0 or nothing, since num_gpu is 0")]
    [InlineData("p,1,1,2,500", "pods.csv:2: column 'gpu_milli' is '500'; allowed: 1000, since several cards can't be shared")]
    [InlineData("p,1.5,1,1,500", "pods.csv:2: column 'cpu_milli' is '1.5'; allowed: a whole number from 0 to 2147483647")]
    public void Broken_pods(string rows, string message) =>
        Assert.Equal(message, Refusal(() => PodList.Read(Table("pods.csv", PodHeader + rows))));

    [Theory]
    [InlineData("step,seed1\n0,9", "order.csv:2: column 'seed1' is '9'; allowed: a whole number from 0 to 2")]
    [InlineData("step,seed2,seed3\n0,1,1", "--seed is '1'; allowed by order.csv: 2, 3")]
    public void Broken_orders(string text, string message) =>
        Assert.Equal(message, Refusal(() => ArrivalOrder.Read(Table("order.csv", text), 1, 3)));

    [Fact]
    public void A_missing_column_is_named_with_those_there_are() => Assert.Equal(
        "nodes.csv:1: has no column 'gpu'; it has: sn, cpu_milli",
        Refusal(() => NodeList.Read(Table("nodes.csv", "sn,cpu_milli\nn1,1"))));

    [Fact]
    public void Columns_go_by_name_and_unknown_ones_are_ignored()
    {
        var node = NodeList.Read(Table("nodes.csv", "model,rack,gpu,memory_mib,cpu_milli,sn\nT4,7,2,1024,4000,n1\n")).Single();

        Assert.Equal(("n1", "T4", 4000, 1024L, 2000), (node.Name, node.Model, node.CpuFree, node.MemoryFree, node.GpuMilliFree));
    }

    private static CsvTable Table(string file, string text) => CsvTable.Read(file, new StringReader(text));

    private static string Refusal(Action read) => Assert.Throws<InputException>(read).Message;
}
