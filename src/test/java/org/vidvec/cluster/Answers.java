package org.vidvec.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Reads what Elasticsearch answers. */
final class Answers {

    private Answers() {}

    /** The value at a path of keys and places, for example {@code hits.hits.0._id}. */
    static JsonElement at(JsonElement json, String path) {
        JsonElement value = json;
        for (String key : path.split("\\.")) {
            value =
                    value.isJsonArray()
                            ? value.getAsJsonArray().get(Integer.parseInt(key))
                            : value.getAsJsonObject().get(key);
            if (value == null) {
                throw new AssertionError("no [" + path + "] in " + json);
            }
        }
        return value;
    }

    static long number(JsonElement json, String path) {
        return at(json, path).getAsLong();
    }

    /** Ids of a search's hits, in their order. */
    static List<String> ids(JsonElement search) {
        List<String> ids = new ArrayList<>();
        at(search, "hits.hits").getAsJsonArray().forEach(hit -> ids.add(text(hit, "_id")));
        return ids;
    }

    static String text(JsonElement json, String path) {
        return at(json, path).getAsString();
    }

    /** The items of a bulk, one per document in their order. */
    static List<JsonObject> items(JsonElement bulk) {
        List<JsonObject> items = new ArrayList<>();
        JsonArray all = at(bulk, "items").getAsJsonArray();
        all.forEach(item -> items.add(item.getAsJsonObject().getAsJsonObject("index")));
        return items;
    }

    /** Those items of a bulk that failed. */
    static List<JsonObject> failed(JsonElement bulk) {
        return items(bulk).stream().filter(item -> item.has("error")).toList();
    }
}
