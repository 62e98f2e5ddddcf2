package org.vidvec.scratch;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What is the same in the files of every new model, from {@code scratch/} of the plugin. */
final class ScratchFile {

    private ScratchFile() {}

    /**
     * @throws IOException if the plugin's files are damaged
     */
    static JsonObject read(String name) throws IOException {
        try (InputStream stream = ScratchFile.class.getResourceAsStream("/scratch/" + name)) {
            if (stream == null) {
                throw new IOException("[scratch/" + name + "] is missing in the plugin's files");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return JsonParser.parseString(text).getAsJsonObject();
        }
    }
}
