package org.vidvec.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** What the demo is made of: clips and requests, all in one folder of the source tree. */
final class DemoFiles {

    /**
     * A clip.
     *
     * @param id also its document's
     * @param file its name beside clips.json
     * @param title what is seen
     * @param captions what a searcher could type, the best first
     */
    record Clip(String id, String file, String title, List<String> captions) {}

    private record Catalogue(List<Clip> clips) {}

    private final Path folder;

    DemoFiles(Path folder) {
        this.folder = folder;
    }

    /** All clips, in the order of the catalogue. */
    List<Clip> clips() throws CommandException {
        Path file = folder.resolve("clips").resolve("clips.json");
        try {
            return new Gson().fromJson(Files.readString(file), Catalogue.class).clips();
        } catch (IOException | JsonParseException e) {
            throw new CommandException("can't read the demo's clips [" + file + "]: " + e, e);
        }
    }

    /** A clip's bytes in base64. */
    String base64(Clip clip) throws CommandException {
        Path file = clipFile(clip);
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CommandException("can't read the demo's clip [" + file + "]: " + e, e);
        }
    }

    /** Where a clip lies. */
    Path clipFile(Clip clip) {
        return folder.resolve("clips").resolve(clip.file());
    }

    /** A request's body, the same that the README shows. */
    JsonObject request(String name) throws CommandException {
        Path file = requestFile(name);
        try {
            return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (IOException | JsonParseException e) {
            throw new CommandException("can't read the demo's request [" + file + "]: " + e, e);
        }
    }

    /** Where a request lies. */
    Path requestFile(String name) {
        return folder.resolve("requests").resolve(name + ".json");
    }
}
