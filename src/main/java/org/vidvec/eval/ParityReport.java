package org.vidvec.eval;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of all checks. */
public final class ParityReport {

    private static final int WORST = 20;

    private final List<Check> checks = new ArrayList<>();

    /** Takes one in. */
    public void add(Check check) {
        checks.add(check);
    }

    /** How many had that outcome. */
    public long count(Check.Outcome outcome) {
        return checks.stream().filter(c -> c.outcome() == outcome).count();
    }

    /** The checks that failed or came nearest to their bounds, worst first. */
    public List<Check> worst() {
        return checks.stream()
                .filter(c -> c.outcome() != Check.Outcome.UNCHECKED)
                .sorted(
                        Comparator.comparing((Check c) -> c.outcome() != Check.Outcome.FAILED)
                                .thenComparing(
                                        Comparator.comparingDouble(Check::strain).reversed()))
                .limit(WORST)
                .toList();
    }

    /** How many tensors were not checked, by fixture and reason. */
    public Map<String, Long> unchecked() {
        Map<String, Long> counts = new TreeMap<>();
        for (Check check : checks) {
            if (check.outcome() == Check.Outcome.UNCHECKED) {
                counts.merge(check.fixture() + ": " + check.reason(), 1L, Long::sum);
            }
        }
        return counts;
    }

    /**
     * {@code {"passed", "failed", "unchecked", "worst": [...], "unchecked_tensors": [...]}}. A
     * {@code tolerance} is of {@code max_abs}, or of {@code cosine} where {@code by} says so.
     */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("passed", count(Check.Outcome.PASSED));
        json.addProperty("failed", count(Check.Outcome.FAILED));
        json.addProperty("unchecked", count(Check.Outcome.UNCHECKED));
        JsonArray worst = new JsonArray();
        worst().forEach(c -> worst.add(json(c)));
        json.add("worst", worst);
        JsonArray names = new JsonArray();
        for (Check check : checks) {
            if (check.outcome() == Check.Outcome.UNCHECKED) {
                JsonObject name = named(check);
                name.addProperty("reason", check.reason());
                names.add(name);
            }
        }
        json.add("unchecked_tensors", names);
        return json;
    }

    private static JsonObject named(Check check) {
        JsonObject json = new JsonObject();
        json.addProperty("fixture", check.fixture());
        json.addProperty("case", check.caseName());
        json.addProperty("tensor", check.tensor());
        return json;
    }

    private static JsonObject json(Check check) {
        JsonObject json = named(check);
        number(json, "max_abs", check.maxAbs());
        number(json, "cosine", check.cosine());
        number(json, "tolerance", check.bound() == null ? Double.NaN : check.bound().limit());
        boolean byCosine = check.bound() != null && check.bound().byCosine();
        json.addProperty("by", byCosine ? "cosine" : "max_abs");
        if (check.reason().isEmpty() == false) {
            json.addProperty("reason", check.reason());
        }
        return json;
    }

    private static void number(JsonObject json, String name, double value) {
        if (Double.isFinite(value)) {
            json.addProperty(name, value);
        } else {
            json.add(name, JsonNull.INSTANCE);
        }
    }
}
