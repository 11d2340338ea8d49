using Xunit.v3;

// Each test runs several processes: more of them at once would only make all of them slow.
[assembly: Parallelization(MaxThreads = 2)]
