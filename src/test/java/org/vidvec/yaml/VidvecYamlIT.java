package org.vidvec.yaml;

import com.carrotsearch.randomizedtesting.annotations.Name;
import com.carrotsearch.randomizedtesting.annotations.ParametersFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.elasticsearch.core.PathUtils;
import org.junit.BeforeClass;
import org.vidvec.node.HttpTestCase;

/**
 * Runs {@code rest-api-spec/test/vidvec} against the real node, each section as a test of its own.
 */
public class VidvecYamlIT extends HttpTestCase {

    private static final Path PROJECT = PathUtils.get(System.getProperty("vidvec.project.dir"));

    private static ApiSpecs specs;

    private final YamlSuite suite;
    private final String section;

    public VidvecYamlIT(
            @Name("file") String file, @Name("test") String section, @Name("") YamlSuite suite) {
        this.suite = suite;
        this.section = section;
    }

    /** All sections of all files, in their order. */
    @ParametersFactory(argumentFormatting = "%1$s: %2$s")
    public static Iterable<Object[]> sections() throws IOException {
        List<Object[]> sections = new ArrayList<>();
        try (Stream<Path> files = Files.list(PROJECT.resolve("rest-api-spec/test/vidvec"))) {
            for (Path file : files.sorted().toList()) {
                YamlSuite suite = YamlSuite.read(file);
                for (String section : suite.tests().keySet()) {
                    sections.add(new Object[] {suite.name(), section, suite});
                }
            }
        }
        return sections;
    }

    @BeforeClass
    public static void readSpecs() throws IOException {
        specs = new ApiSpecs(PROJECT.resolve("rest-api-spec/api"));
    }

    public void testSection() throws IOException {
        Placeholders placeholders = new Placeholders(PROJECT.resolve("src/main/demo/clips"));
        YamlRun run = new YamlRun(HttpTestCase::call, specs, placeholders);
        try {
            run.run(suite.setup());
            run.run(suite.tests().get(section));
        } finally {
            run.run(suite.teardown());
        }
    }
}
