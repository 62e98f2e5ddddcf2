package org.vidvec.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * A clip of the demo.
 *
 * @param id also its document's
 * @param title what is seen
 * @param captions what a searcher could type, the best first
 * @param path where it lies
 * @param generated whether it was drawn by {@code vidvec world}; else it is found footage
 */
record DemoClip(String id, String title, List<String> captions, Path path, boolean generated) {

    /** Its bytes in base64. */
    String base64() throws CommandException {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new CommandException("can't read the demo's clip [" + path + "]: " + e, e);
        }
    }

    /** What is typed to find it; of found footage not the very words of its title. */
    String query() {
        return captions.get(generated || captions.size() == 1 ? 0 : 1);
    }
}
