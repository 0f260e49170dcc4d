namespace FogInfra.Model.Documents;

/// <summary>Finds what somebody may have meant.</summary>
public static class Suggestion
{
    /// <summary>The end of a sentence, such as <c>; did you mean 'ring'?</c>, or a list of what there is when nothing comes close.</summary>
    /// <param name="given">What was written.</param>
    /// <param name="known">What could have been written.</param>
    public static string For(string given, IEnumerable<string> known)
    {
        var candidates = known.ToList();
        var nearest = candidates.Select(name => (Name: name, Distance: Distance(given, name))).OrderBy(pair => pair.Distance).FirstOrDefault();
        return nearest.Name is null ? "."
            : nearest.Distance <= Math.Max(1, given.Length / 3) ? $"; did you mean '{nearest.Name}'?"
            : $"; expected one of: {string.Join(", ", candidates)}.";
    }

    // The number of single-character edits between two names (Levenshtein), without regard to case.
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + substitution);
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
