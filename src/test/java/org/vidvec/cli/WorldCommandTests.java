package org.vidvec.cli;

import static org.hamcrest.Matchers.containsString;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticsearch.test.ESTestCase;

public class WorldCommandTests extends ESTestCase {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public void testWritesWhatIsAskedFor() throws Exception {
        Path folder = createTempDir().resolve("new");
        assertEquals(err.toString(), 0, run(small(folder, "--split", "validation")));
        assertThat(err.toString(), containsString("files: 4"));
        assertThat(err.toString(), containsString("4 files of the validation split, 0."));
        assertTrue(Files.exists(folder.resolve("video/clip-00000.webm")));
        assertTrue(Files.exists(folder.resolve("image/image-00000.png")));
        assertTrue(Files.exists(folder.resolve("pdf/page-00001.pdf")));
        assertEquals("results go to files", "", out.toString());
        assertEquals(1, run(small(folder)));
        assertThat(err.toString(), containsString("already; name another folder or remove it"));
    }

    public void testRefusals() {
        Path folder = createTempDir();
        assertRefused("[--size] is [big]; it must be like [320x240]", folder, "--size", "big");
        assertRefused(
                "[--size]: size [8x8] must be between [16] and [2048] pixels each way",
                folder,
                "--size",
                "8x8");
        assertRefused(
                "[--size]: size [321x240] must be even each way, as video codecs need it",
                folder,
                "--size",
                "321x240");
        assertRefused("[--clips] is [-1]; it must be 0 or more", folder, "--clips", "-1");
        assertRefused("'--split'", folder, "--split", "dev");
    }

    private void assertRefused(String message, Path folder, String option, String value) {
        err.getBuffer().setLength(0);
        assertEquals(2, run("world", "--out", folder.toString(), option, value));
        assertThat(err.toString(), containsString(message));
    }

    private static String[] small(Path folder, String... more) {
        String[] small = {
            "world",
            "--out",
            folder.toString(),
            "--clips",
            "1",
            "--long",
            "0",
            "--images",
            "1",
            "--pages",
            "2",
            "--size",
            "64x48"
        };
        String[] all = java.util.Arrays.copyOf(small, small.length + more.length);
        System.arraycopy(more, 0, all, small.length, more.length);
        return all;
    }

    private int run(String... args) {
        return Vidvec.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
