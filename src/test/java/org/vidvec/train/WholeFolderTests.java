package org.vidvec.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.SafetensorsWriter;

/** Folders of a run are old or new, and never in between. */
public class WholeFolderTests extends ESTestCase {

    private Path run;
    private Path model;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        run = createTempDir();
        model = run.resolve("model");
    }

    private static void fill(Path folder, String... files) throws IOException {
        Files.createDirectories(folder);
        for (String file : files) {
            Files.writeString(folder.resolve(file), folder.getFileName() + " " + file);
        }
    }

    /** Texts of the run's files by their paths; the framework puts files of its own among them. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(run)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                String name = run.relativize(file).toString();
                if (name.contains("extra") == false) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return files;
    }

    public void testTheNewOneTakesThePlaceOfAll() throws Exception {
        WholeFolder.write(model, folder -> fill(folder, "config.json"));
        assertEquals(Map.of("model/config.json", "model.part config.json"), files());
        fill(model.resolve("inside"), "notes.txt");
        fill(model, "old.json");
        WholeFolder.write(model, folder -> Files.writeString(folder.resolve("new.json"), "new"));
        assertEquals(Map.of("model/new.json", "new"), files());
    }

    public void testWithoutRoomTheOldOneStays() throws Exception {
        fill(model, "config.json", "model.safetensors");
        Map<String, String> before = files();
        IOException e =
                expectThrows(
                        IOException.class,
                        () ->
                                WholeFolder.write(
                                        model,
                                        folder -> {
                                            fill(folder, "config.json");
                                            Path weights = folder.resolve("model.safetensors");
                                            // a device that is always full
                                            Path full = PathUtils.get("/dev/full");
                                            Files.createSymbolicLink(weights, full);
                                            new SafetensorsWriter()
                                                    .add("a", new long[] {2}, () -> new float[2])
                                                    .write(weights);
                                        }));
        assertEquals("No space left on device", e.getMessage());
        assertEquals(before, files());
        assertFalse(Files.exists(run.resolve("model.part")));
        expectThrows(
                IllegalStateException.class,
                () ->
                        WholeFolder.write(
                                model,
                                folder -> {
                                    fill(folder, "config.json");
                                    throw new IllegalStateException("values can't be had");
                                }));
        assertEquals(before, files());
        assertFalse(Files.exists(run.resolve("model.part")));
    }

    /** A kill at each point on the way leaves one of them, which the next start puts in place. */
    public void testAKillAnywhere() throws Exception {
        fill(model, "config.json");
        Map<String, String> old = files();
        fill(run.resolve("model.part"), "half.json");
        WholeFolder.settle(model);
        assertEquals("while it was written", old, files());

        Files.move(model, run.resolve("model.old"));
        fill(run.resolve("model.part"), "new.json");
        WholeFolder.settle(model);
        Map<String, String> fresh = Map.of("model/new.json", "model.part new.json");
        assertEquals("between the two names", fresh, files());

        fill(run.resolve("model.old"), "config.json");
        WholeFolder.settle(model);
        assertEquals("before the old one was deleted", fresh, files());

        Files.move(model, run.resolve("model.old"));
        WholeFolder.settle(model);
        assertEquals("the old one alone", fresh, files());
    }

    public void testALinkIsReplacedAndNotFollowed() throws Exception {
        Path elsewhere = createTempDir();
        fill(elsewhere, "mine.txt");
        Files.createSymbolicLink(model, elsewhere);
        WholeFolder.write(model, folder -> fill(folder, "config.json"));
        assertFalse(Files.isSymbolicLink(model));
        assertEquals(Map.of("model/config.json", "model.part config.json"), files());
        assertTrue(Files.exists(elsewhere.resolve("mine.txt")));
    }
}
