package org.vidvec.node;

import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.test.ESTestCase;

/** Flags by release of the JVM. */
public class JvmFlagsTests extends ESTestCase {

    private static final String DENY = "--illegal-native-access=deny";

    public void testFlagsThatAReleaseDoesNotKnowAreLeftOut() throws Exception {
        Path home = createTempDir();
        Path bridge = home.resolve("lib").resolve("entitlement-bridge");
        Files.createDirectories(bridge);
        Files.createFile(bridge.resolve("bridge.jar"));
        List<String> on21 = JvmFlags.of(home, 1024, 21);
        List<String> on25 = JvmFlags.of(home, 1024, 25);
        assertThat(on21, not(hasItem(DENY)));
        assertThat(on25, hasItem(DENY));
        assertThat(on21, hasItem("--patch-module=java.base=" + bridge.resolve("bridge.jar")));
    }
}
