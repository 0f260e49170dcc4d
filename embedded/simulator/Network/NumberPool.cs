using System.Net;
using System.Net.Sockets;

namespace FogInfra.Embedded.Simulator.Network;

/// <summary>A range of IPv4 addresses or port numbers, of which each is given out once. Thread-safe.</summary>
internal sealed class NumberPool
{
    private readonly Lock _lock = new();
    private readonly HashSet<uint> _taken = [];
    private readonly uint _first;
    private readonly uint _last;
    private uint _next;

    /// <summary>The pool of the numbers from the first to the last.</summary>
    public NumberPool(uint first, uint last) => (_first, _last, _next) = (first, last, first);

    /// <summary>Whether the number belongs to the pool.</summary>
    public bool Contains(uint number) => number >= _first && number <= _last;

    /// <summary>Takes a number; false when it is taken already.</summary>
    public bool TryTake(uint number)
    {
        lock (_lock) return _taken.Add(number);
    }

    /// <summary>Takes the next free number; null when none is left.</summary>
    public uint? Take()
    {
        lock (_lock)
        {
            // Round the pool, so that a number is not used again right after it was given back.
            for (var tried = _first; tried <= _last; tried++)
            {
                var number = _next;
                _next = _next == _last ? _first : _next + 1;
                if (_taken.Add(number)) return number;
            }
            return null;
        }
    }

    /// <summary>Gives a number back.</summary>
    public void Return(uint number)
    {
        lock (_lock) _taken.Remove(number);
    }
}

/// <summary>IPv4 addresses as numbers.</summary>
internal static class Addresses
{
    /// <summary>The address as a number; null when the text is no IPv4 address.</summary>
    public static uint? Parse(string? text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [var a, var b, var c, var d]
            ? ((uint)a << 24) | ((uint)b << 16) | ((uint)c << 8) | d
            : null;

    /// <summary>The address of a number.</summary>
    public static string Format(uint number) => $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}";
}
