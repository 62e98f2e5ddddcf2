package org.vidvec.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the demo is made of: found footage and requests, in one folder of the source tree. */
final class DemoFiles {

    private record Entry(String id, String file, String title, List<String> captions) {}

    private record Catalogue(List<Entry> clips) {}

    private final Path folder;

    DemoFiles(Path folder) {
        this.folder = folder;
    }

    /** The found footage, in the order of the catalogue. */
    List<DemoClip> clips() throws CommandException {
        Path file = folder.resolve("clips").resolve("clips.json");
        try {
            return new Gson()
                    .fromJson(Files.readString(file), Catalogue.class).clips().stream()
                            .map(this::clip)
                            .toList();
        } catch (IOException | JsonParseException e) {
            throw new CommandException("can't read the demo's clips [" + file + "]: " + e, e);
        }
    }

    private DemoClip clip(Entry entry) {
        Path path = folder.resolve("clips").resolve(entry.file());
        return new DemoClip(entry.id(), entry.title(), entry.captions(), path, false);
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
