// Each test runs several processes: more of them at once would only make all of them slow.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
