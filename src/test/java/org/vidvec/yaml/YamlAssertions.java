package org.vidvec.yaml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.elasticsearch.test.rest.ObjectPath;
import org.elasticsearch.test.rest.Stash;

/** What a YAML test may claim of a response. */
final class YamlAssertions {

    private final Object response;
    private final Stash stash;

    /**
     * @param response the last response's body: a map, a list or a text
     */
    YamlAssertions(Object response, Stash stash) {
        this.response = response;
        this.stash = stash;
    }

    /**
     * Checks one claim.
     *
     * @param kind {@code match}, {@code length}, {@code is_true} and so on
     * @throws AssertionError if it does not hold
     * @throws IllegalArgumentException if there is no such kind
     */
    void check(String kind, Object claim) throws IOException {
        if (kind.equals("is_true") || kind.equals("is_false")) {
            Object found = find((String) claim);
            if (isTrue(found) != kind.equals("is_true")) {
                fail(kind, (String) claim, "[" + found + "]");
            }
            return;
        }
        for (Map.Entry<String, Object> one : ApiSpecs.map(claim).entrySet()) {
            String path = one.getKey();
            Object expected = stashed(one.getValue());
            Object found = find(path);
            if (holds(kind, found, expected) == false) {
                fail(kind, path, "expected [" + expected + "], found [" + found + "]");
            }
        }
    }

    private boolean holds(String kind, Object found, Object expected) {
        return switch (kind) {
            case "match" -> matches(found, expected);
            case "length" -> length(found) == ((Number) expected).intValue();
            case "gt" -> number(found) > number(expected);
            case "gte" -> number(found) >= number(expected);
            case "lt" -> number(found) < number(expected);
            case "lte" -> number(found) <= number(expected);
            case "close_to" -> {
                Map<String, Object> range = ApiSpecs.map(expected);
                yield Math.abs(number(found) - number(range.get("value")))
                        <= number(range.get("error"));
            }
            default -> throw new IllegalArgumentException("unknown claim [" + kind + "]");
        };
    }

    /** The value at a path; {@code $body} and the empty path are the whole response. */
    Object find(String path) throws IOException {
        if (path.isEmpty() || path.equals("$body")) {
            return response;
        }
        return new ObjectPath(response).evaluate(path, stash);
    }

    private Object stashed(Object value) throws IOException {
        return stash.containsStashedValue(value) ? stash.getValue(value.toString()) : value;
    }

    private static boolean matches(Object found, Object expected) {
        if (expected instanceof String text
                && text.length() > 2
                && text.strip().startsWith("/")
                && text.strip().endsWith("/")) {
            String regex = text.strip();
            return Pattern.compile(regex.substring(1, regex.length() - 1), Pattern.COMMENTS)
                    .matcher(String.valueOf(found))
                    .find();
        }
        return equal(found, expected);
    }

    private static boolean equal(Object found, Object expected) {
        if (found instanceof Number a && expected instanceof Number b) {
            return a.doubleValue() == b.doubleValue();
        }
        if (found instanceof Map<?, ?> a && expected instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet())
                    && a.keySet().stream().allMatch(key -> equal(a.get(key), b.get(key)));
        }
        if (found instanceof List<?> a && expected instanceof List<?> b) {
            List<Object> unequal = new ArrayList<>();
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                if (equal(a.get(i), b.get(i)) == false) {
                    unequal.add(a.get(i));
                }
            }
            return a.size() == b.size() && unequal.isEmpty();
        }
        return Objects.equals(found, expected);
    }

    private static boolean isTrue(Object value) {
        return value != null && List.of("", "0", "false").contains(value.toString()) == false;
    }

    private static int length(Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof Collection<?> items) {
            return items.size();
        }
        return value instanceof Map<?, ?> map ? map.size() : -1;
    }

    private static double number(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new AssertionError("[" + value + "] is not a number");
    }

    private void fail(String kind, String path, String what) {
        throw new AssertionError(kind + " " + path + ": " + what + " in " + response);
    }
}
