using System.Globalization;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Devices;

/// <summary>Reads the built-in tables: one card a line, columns divided by blanks, <c>-</c> for unknown.</summary>
internal static class DeviceTable
{
    private const int Columns = 18;

    /// <summary>Reads a table whose cards share a class; lines that begin with <c>#</c> are for people.</summary>
    public static IEnumerable<DeviceModel> Read(DeviceClass deviceClass, string table) =>
        from line in table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        where !line.StartsWith('#')
        select ReadLine(deviceClass, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static DeviceModel ReadLine(DeviceClass deviceClass, string[] cells)
    {
        if (cells.Length != Columns) throw new FormatException($"{cells.Length} columns instead of {Columns}: {string.Join(' ', cells)}");
        return new DeviceModel
        {
            Key = cells[0],
            Form = cells[1] == "-" ? "" : cells[1],
            Class = deviceClass,
            Architecture = cells[2],
            ComputeCapability = Number(cells[3]) is { } capability ? (int)Math.Round(capability * 10) : null,
            MemoryMib = Number(cells[4]) is { } gib ? (long)(gib * 1024) : null,
            BandwidthGbs = Number(cells[5]),
            Fp64 = Number(cells[6]),
            Fp32 = Number(cells[7]),
            Tf32 = Number(cells[8]),
            Fp16 = Number(cells[9]),
            Bf16 = Number(cells[10]),
            Fp8 = Number(cells[11]),
            Ecc = cells[12] == "ecc",
            LinkGbs = Number(cells[13]),
            PcieGeneration = (int?)Number(cells[14]),
            TdpWatts = (int?)Number(cells[15]),
            Slots = (int?)Number(cells[16]),
            LaunchPriceUsd = (int?)Number(cells[17]),
        };
    }

    private static double? Number(string cell) =>
        cell == "-" ? null : double.Parse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
