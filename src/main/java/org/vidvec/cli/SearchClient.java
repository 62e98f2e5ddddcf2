package org.vidvec.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** JSON over HTTP to a node, as any client would. */
final class SearchClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int FIRST_ERROR_STATUS = 400;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI node;

    SearchClient(URI node) {
        this.node = node;
    }

    /**
     * @param body JSON, or lines of it for a bulk; null for none
     * @throws CommandException with the node's own reason if it refuses
     */
    JsonObject call(String method, String path, String body) throws CommandException {
        HttpRequest.BodyPublisher publisher =
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body);
        String type = path.contains("_bulk") ? "application/x-ndjson" : "application/json";
        HttpRequest request =
                HttpRequest.newBuilder(node.resolve(path))
                        .timeout(PATIENCE)
                        .header("Content-Type", type)
                        .method(method, publisher)
                        .build();
        String call = method + " " + path;
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonElement json = JsonParser.parseString(response.body());
            if (response.statusCode() >= FIRST_ERROR_STATUS) {
                throw new CommandException(
                        "["
                                + call
                                + "] was refused with ["
                                + response.statusCode()
                                + "]: "
                                + reason(json));
            }
            return json.getAsJsonObject();
        } catch (IOException | JsonParseException e) {
            throw new CommandException("[" + call + "] got no answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("[" + call + "] was interrupted", e);
        }
    }

    /** The sentence in an error of Elasticsearch, with its type. */
    static String reason(JsonElement answer) {
        if (answer.isJsonObject() && answer.getAsJsonObject().has("error")) {
            JsonElement error = answer.getAsJsonObject().get("error");
            return error.isJsonObject() ? describe(error.getAsJsonObject()) : error.getAsString();
        }
        return answer.toString();
    }

    private static String describe(JsonObject error) {
        String type = error.get("type").getAsString();
        JsonElement reason = error.get("reason");
        String text = reason == null || reason.isJsonNull() ? "" : ": " + reason.getAsString();
        String cause =
                error.has("caused_by")
                        ? ", caused by " + describe(error.getAsJsonObject("caused_by"))
                        : "";
        return type + text + cause;
    }

    @Override
    public void close() {
        http.close();
    }
}
