package org.vidvec.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.core.PathUtils;
import org.elasticsearch.test.ESTestCase;

/** Small sets on disk, and runs that learn from them. */
abstract class SetRunTestCase extends ESTestCase {

    /** A video of 2.3 seconds. */
    private static final String CLIP = "sign-eat.mkv";

    /** Of all runs of a test. */
    final WatchedRun watched = new WatchedRun();

    final List<String> told = watched.notes;
    final List<StepReport> reports = watched.reports;
    Path sets;

    @Override
    public void setUp() throws Exception {
        super.setUp();
        sets = createTempDir();
    }

    final void file(String name, String text) throws Exception {
        Path file = sets.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    final void clips(String folder, String... names) throws Exception {
        Path clip = PathUtils.get(System.getProperty("vidvec.demo.dir")).resolve(CLIP);
        Files.createDirectories(sets.resolve(folder));
        for (String name : names) {
            Files.copy(
                    clip,
                    sets.resolve(folder).resolve(name + ".mkv"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Files that are called like videos and are none. */
    final void broken(String folder, String... names) throws Exception {
        for (String name : names) {
            file(folder + "/" + name + ".mkv", "no video");
        }
    }

    /** A source of that set in which nothing is bad. */
    final Map<String, Object> source(String set, Object... more) {
        Map<String, Object> source = new HashMap<>();
        source.put("set", sets.resolve(set).toString());
        source.put("frames", 2);
        for (int i = 0; i < more.length; i += 2) {
            source.put((String) more[i], more[i + 1]);
        }
        return source;
    }

    final Path run(RunFile file) throws Exception {
        return WatchedRun.run(file.spec(), watched);
    }

    final RunFile file(Object data) throws Exception {
        return new RunFile(createTempDir())
                .with("data", data)
                .with("batch", Map.of("size", 4, "sub_batch", 2))
                .with("steps", 8);
    }
}
