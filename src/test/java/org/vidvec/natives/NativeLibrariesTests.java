package org.vidvec.natives;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.elasticsearch.test.ESTestCase;

/** Lists of checksums that fit and that don't. */
public class NativeLibrariesTests extends ESTestCase {

    // SHA-256 of "abc", FIPS 180-2 appendix B.1
    private static final String ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private Path platform() throws Exception {
        Path folder = createTempDir().resolve("native").resolve("linux-x86_64");
        Files.createDirectories(folder.resolve("torch"));
        Files.writeString(folder.resolve("torch/liba.so"), "abc");
        return folder;
    }

    private static void list(Path platform, String text) throws Exception {
        Files.writeString(platform.resolve("torch/SHA256SUMS"), text);
    }

    private static String refusal(Path platform) {
        return expectThrows(
                        NativeLibraryException.class,
                        () -> new NativeLibraries(platform).verify("torch"))
                .getMessage();
    }

    public void testGoodLists() throws Exception {
        for (String mark : new String[] {" *", "  "}) {
            Path platform = platform();
            list(platform, ABC + mark + "liba.so\n");
            new NativeLibraries(platform).verify("torch");
            // once per JVM: what is loaded can't be checked again
            Files.writeString(platform.resolve("torch/liba.so"), "abcd");
            new NativeLibraries(platform).verify("torch");
        }
    }

    public void testWhatTheBuildPacked() throws Exception {
        NativeLibraries packed = NativeLibraries.fromSystemProperty();
        for (String stack : new String[] {"torch", "tokenizers", "ffmpeg"}) {
            packed.verify(stack);
        }
        assertEquals(
                packed.folder("torch"), NativeLibraries.inPlugin(createTempDir()).folder("torch"));
    }

    public void testTruncatedLibrary() throws Exception {
        Path platform = platform();
        list(platform, ABC + " *liba.so\n");
        Path library = platform.resolve("torch/liba.so");
        Files.write(library, new byte[] {'a'}, StandardOpenOption.TRUNCATE_EXISTING);
        String message = refusal(platform);
        assertThat(message, startsWith("native library [" + library + "] has the SHA-256 ["));
        assertThat(message, containsString("it is damaged or was replaced; install the plugin"));
    }

    public void testMissingLibrary() throws Exception {
        Path platform = platform();
        list(platform, ABC + " *libb.so\n");
        assertThat(refusal(platform), startsWith("can't read native library ["));
    }

    public void testBadLists() throws Exception {
        Path platform = platform();
        assertThat(refusal(platform), startsWith("can't read the checksums ["));
        list(platform, "");
        assertThat(refusal(platform), containsString("lists no file"));
        list(platform, "hello\n");
        assertThat(
                refusal(platform),
                containsString("is not a list of SHA-256 checksums: line [hello]"));
    }

    public void testOtherPlatform() throws Exception {
        Path here = platform();
        Path there = here.resolveSibling("beos-ppc");
        String message = refusal(there);
        assertThat(
                message,
                startsWith(
                        "no native libraries [torch] for platform [beos-ppc] in ["
                                + here.getParent()
                                + "]; there are ["));
        // the test framework may put files of its own beside it
        assertThat(message, containsString("linux-x86_64]; run this on a platform that is there"));
        assertThat(message, containsString("build the plugin with [-Dnative.platform=beos-ppc]"));
        assertThat(
                refusal(createTempDir().resolve("none/linux-x86_64")),
                containsString("there are []"));
    }

    public void testPropertiesOfTheUserWin() {
        String name = getTestName() + ".property";
        NativeLibraries.setIfAbsent(Map.of(name, "ours"));
        assertEquals("ours", System.getProperty(name));
        NativeLibraries.setIfAbsent(Map.of(name, "again"));
        assertEquals("ours", System.getProperty(name));
        System.clearProperty(name);
    }
}
