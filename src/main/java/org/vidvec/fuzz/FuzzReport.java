package org.vidvec.fuzz;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of a run's inputs so far. Safe for two threads. */
public final class FuzzReport {

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<Path> crashes = new ArrayList<>();
    private final List<Path> hangs = new ArrayList<>();
    private long firstMemory;
    private long lastMemory;
    private long inputs;

    synchronized void add(FuzzTally tally) {
        tally.outcomes().forEach((outcome, n) -> outcomes.merge(outcome, n, Integer::sum));
        inputs += tally.inputs();
        firstMemory = firstMemory == 0 ? tally.memory() : firstMemory;
        lastMemory = tally.memory();
    }

    synchronized void add(FuzzRun.Ending ending, Path saved) {
        (ending == FuzzRun.Ending.CRASH ? crashes : hangs).add(saved);
        inputs++;
        // another process begins
        firstMemory = 0;
    }

    /** Inputs that are done. */
    public synchronized long inputs() {
        return inputs;
    }

    /** How many by outcome: {@code decoded}, a refusal's reason, {@code slow}. */
    public synchronized Map<String, Integer> outcomes() {
        return Map.copyOf(outcomes);
    }

    /** The saved inputs that ended the process. */
    public synchronized List<Path> crashes() {
        return List.copyOf(crashes);
    }

    /** The saved inputs that did not end. */
    public synchronized List<Path> hangs() {
        return List.copyOf(hangs);
    }

    /** Whether nothing crashed, hung or took twice the time limit. */
    public synchronized boolean clean() {
        return crashes.isEmpty() && hangs.isEmpty() && !outcomes.containsKey(FuzzTally.SLOW);
    }

    /** Memory after the first thousand inputs of the last process, in bytes. */
    public synchronized long firstMemory() {
        return firstMemory;
    }

    /** Memory after its last thousand, in bytes. */
    public synchronized long lastMemory() {
        return lastMemory;
    }
}
