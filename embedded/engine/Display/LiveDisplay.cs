using FogInfra.Embedded.Engine.Commands;
using FogInfra.Embedded.Engine.Events;

namespace FogInfra.Embedded.Engine.Display;

/// <summary>Shows a run in a terminal as a tree of resources whose lines change in place. The tree that is left at the end is whole.</summary>
internal sealed class LiveDisplay : IRunDisplay
{
    // Often enough for the eye, and seldom enough not to hold up a terminal at the end of a slow line.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _writer;
    private readonly DisplayOptions _options;
    private readonly Terminal _terminal;
    private readonly TimeProvider _clock;
    private readonly ResourceTree _tree;
    private readonly RunReport _report;
    private readonly Lock _lock = new();
    private readonly Lock _writing = new();
    private readonly ITimer _timer;
    private IReadOnlyList<string> _drawn = [];
    private bool _isChanged;
    private bool _isOver;

    /// <summary>Makes a display; it draws from the first event on.</summary>
    public LiveDisplay(TextWriter writer, DisplayOptions options, Terminal terminal, TimeProvider clock)
    {
        (_writer, _options, _terminal, _clock) = (writer, options, terminal, clock);
        _tree = new ResourceTree(options.Root);
        _report = new RunReport(writer, options);
        _timer = clock.CreateTimer(_ => DrawAgain(), null, Interval, Interval);
    }

    /// <inheritdoc/>
    public void Receive(EngineEvent engineEvent, Lazy<string> json)
    {
        lock (_lock)
        {
            _report.Receive(engineEvent);
            _isChanged |= _tree.Receive(engineEvent, _clock.GetUtcNow());
        }

        if (engineEvent is EngineEvent.Prelude)
        {
            lock (_writing)
            {
                _writer.WriteLine($"{_report.Headline}\n");
            }
        }
    }

    /// <inheritdoc/>
    public void Finish(StackOutputs outputs)
    {
        lock (_writing)
        {
            _isOver = true;
            Draw(int.MaxValue);
            _report.Finish(outputs);
            _writer.Flush();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void DrawAgain()
    {
        lock (_writing)
        {
            if (!_isOver && IsWorthDrawing())
            {
                // The headline and the line on which the cursor rests must stay in sight; what has scrolled away cannot be changed.
                Draw(Math.Max(1, _terminal.Size().Rows - 1));
                _writer.Flush();
            }
        }
    }

    private bool IsWorthDrawing()
    {
        lock (_lock)
        {
            return _isChanged || _tree.Rows.Any(row => row.State == RowState.Running);
        }
    }

    private void Draw(int most)
    {
        IReadOnlyList<string> lines;
        lock (_lock)
        {
            _isChanged = false;
            lines = TreeText.Lines(_tree.Rows, _options.ShowSames, Math.Max(1, _terminal.Size().Columns - 1), most, _clock.GetUtcNow(), _options.HasColor);
        }

        if (lines.SequenceEqual(_drawn))
        {
            return;
        }

        // Up to the first line that was drawn; each line erased as it is written, then whatever is left below.
        _writer.Write(_drawn.Count == 0 ? "" : $"\e[{_drawn.Count}A");
        foreach (var line in lines)
        {
            _writer.Write($"\e[2K{line}\n");
        }

        _writer.Write("\e[J");
        _drawn = lines;
    }
}
