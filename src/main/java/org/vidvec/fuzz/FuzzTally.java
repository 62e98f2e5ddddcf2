package org.vidvec.fuzz;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of some inputs.
 *
 * @param outcomes how many by kind: {@code decoded} or the reason of the refusal in lower case;
 *     {@link #SLOW} counts beside them
 * @param memory of the process after them, in bytes
 */
record FuzzTally(Map<String, Integer> outcomes, long memory) {

    /** Inputs that took twice the time limit and more, counted beside their outcome. */
    static final String SLOW = "slow";

    private static final String START = "tally";

    FuzzTally {
        outcomes = new TreeMap<>(outcomes);
    }

    /** As one line between two processes. */
    String line() {
        StringBuilder line = new StringBuilder(START + " memory=" + memory);
        outcomes.forEach((outcome, n) -> line.append(' ').append(outcome).append('=').append(n));
        return line.toString();
    }

    /** What {@link #line} wrote, or null for any other line. */
    static FuzzTally parse(String line) {
        if (line.startsWith(START + " ") == false) {
            return null;
        }
        Map<String, Integer> outcomes = new TreeMap<>();
        long memory = 0;
        for (String field : line.substring(START.length() + 1).split(" ")) {
            String[] parts = field.split("=");
            if (parts[0].equals("memory")) {
                memory = Long.parseLong(parts[1]);
            } else {
                outcomes.put(parts[0], Integer.parseInt(parts[1]));
            }
        }
        return new FuzzTally(outcomes, memory);
    }

    int inputs() {
        return outcomes.entrySet().stream()
                .filter(e -> e.getKey().equals(SLOW) == false)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
