package org.vidvec.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * Whether a description is that of a run that was begun before. What the earlier one does not have
 * and nobody gave is a default that came later, and counts as the same.
 *
 * @param before what was in force then
 * @param now what is in force now
 * @param given what the description says itself
 */
record RunComparison(JsonObject before, JsonObject now, JsonObject given) {

    /** The first field that differs, with both its values; null if none does. */
    String difference() {
        return difference("", before, now, given);
    }

    private static String difference(
            String at, JsonElement before, JsonElement now, JsonElement given) {
        if (now.equals(before) || before == null && given == null) {
            return null;
        }
        if (before != null && before.isJsonObject() && now.isJsonObject()) {
            return ofObjects(at, before.getAsJsonObject(), now.getAsJsonObject(), given);
        }
        if (before != null && before.isJsonArray() && now.isJsonArray()) {
            JsonArray first = before.getAsJsonArray();
            JsonArray second = now.getAsJsonArray();
            for (int i = 0; i < second.size() && first.size() == second.size(); i++) {
                JsonElement own =
                        given != null && given.isJsonArray() ? given.getAsJsonArray().get(i) : null;
                String place = at + "[" + i + "]";
                String found = difference(place, first.get(i), second.get(i), own);
                if (found != null) {
                    return found;
                }
            }
            if (first.size() == second.size()) {
                return null;
            }
        }
        return "[" + at + "] " + before + ", not " + now;
    }

    private static String ofObjects(
            String at, JsonObject before, JsonObject now, JsonElement given) {
        JsonObject own =
                given != null && given.isJsonObject() ? given.getAsJsonObject() : new JsonObject();
        for (String field : now.keySet()) {
            String place = at.isEmpty() ? field : at + "." + field;
            String found = difference(place, before.get(field), now.get(field), own.get(field));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
