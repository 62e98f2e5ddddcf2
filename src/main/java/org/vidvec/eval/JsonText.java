package org.vidvec.eval;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vidvec.engine.CheckpointException;

/** JSON files of fixtures. */
final class JsonText {

    private JsonText() {}

    static JsonObject object(Path file) throws CheckpointException {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (IOException e) {
            throw new CheckpointException("can't read [" + file + "]: " + e, e);
        } catch (JsonParseException | IllegalStateException e) {
            throw new CheckpointException(
                    "[" + file + "] does not hold one JSON object: " + e.getMessage(), e);
        }
    }
}
