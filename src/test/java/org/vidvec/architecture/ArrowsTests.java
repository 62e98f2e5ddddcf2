package org.vidvec.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.elasticsearch.test.ESTestCase;
import org.vidvec.engine.Checkpoint;

/**
 * Packages depend on each other in one direction, and foreign libraries stay behind their fence.
 */
public class ArrowsTests extends ESTestCase {

    private static final String BASE = "org.vidvec";

    /** What each package may import of ours; the same table as in docs/architecture.md. */
    private static final Map<String, List<String>> ARROWS =
            Map.ofEntries(
                    Map.entry(
                            "",
                            List.of(
                                    "ingest",
                                    "search",
                                    "action",
                                    "inference",
                                    "model",
                                    "media",
                                    "sidecar",
                                    "web",
                                    "natives")),
                    Map.entry("ingest", List.of("action")),
                    Map.entry("search", List.of("action", "moments", "words")),
                    Map.entry(
                            "action",
                            List.of("inference", "moments", "model", "media", "web", "words")),
                    Map.entry("web", List.of()),
                    Map.entry("inference", List.of("moments", "model", "media")),
                    Map.entry("moments", List.of("words")),
                    Map.entry("words", List.of()),
                    Map.entry(
                            "model",
                            List.of(
                                    "moments",
                                    "generation",
                                    "family",
                                    "backbone",
                                    "prompt",
                                    "engine",
                                    "media",
                                    "natives",
                                    "words")),
                    Map.entry("generation", List.of("backbone", "prompt", "engine")),
                    Map.entry("family", List.of("backbone", "prompt", "engine", "resize", "media")),
                    Map.entry("backbone", List.of("prompt", "engine")),
                    Map.entry("prompt", List.of("engine", "resize", "media")),
                    Map.entry("resize", List.of("media")),
                    Map.entry("engine", List.of("natives")),
                    Map.entry("media", List.of("bitstream", "natives")),
                    Map.entry("fuzz", List.of("media", "natives")),
                    Map.entry("world", List.of("media", "natives")),
                    Map.entry("sidecar", List.of("media", "natives")),
                    Map.entry("bitstream", List.of()),
                    Map.entry("natives", List.of()),
                    Map.entry("datasets", List.of()),
                    Map.entry(
                            "samples",
                            List.of(
                                    "lessons",
                                    "datasets",
                                    "stills",
                                    "model",
                                    "world",
                                    "media",
                                    "natives")),
                    Map.entry("stills", List.of("datasets", "media")),
                    Map.entry("metrics", List.of("datasets")),
                    Map.entry("charts", List.of()),
                    Map.entry("reports", List.of("charts")),
                    Map.entry(
                            "quality",
                            List.of(
                                    "charts",
                                    "datasets",
                                    "stills",
                                    "metrics",
                                    "moments",
                                    "world",
                                    "model",
                                    "media",
                                    "natives")),
                    Map.entry(
                            "cli",
                            List.of(
                                    "node",
                                    "action",
                                    "fuzz",
                                    "bench",
                                    "world",
                                    "eval",
                                    "quality",
                                    "reports",
                                    "train",
                                    "model",
                                    "backbone",
                                    "prompt",
                                    "engine",
                                    "media",
                                    "sidecar",
                                    "natives")),
                    Map.entry(
                            "eval",
                            List.of(
                                    "train",
                                    "model",
                                    "generation",
                                    "backbone",
                                    "prompt",
                                    "engine",
                                    "resize",
                                    "media",
                                    "natives")),
                    Map.entry(
                            "train",
                            List.of(
                                    "samples",
                                    "lessons",
                                    "scratch",
                                    "generation",
                                    "world",
                                    "datasets",
                                    "model",
                                    "backbone",
                                    "prompt",
                                    "engine",
                                    "media",
                                    "natives")),
                    Map.entry(
                            "lessons",
                            List.of(
                                    "world",
                                    "model",
                                    "generation",
                                    "backbone",
                                    "prompt",
                                    "engine",
                                    "media")),
                    Map.entry("scratch", List.of("world", "engine")),
                    Map.entry(
                            "bench",
                            List.of(
                                    "train",
                                    "model",
                                    "generation",
                                    "backbone",
                                    "prompt",
                                    "engine",
                                    "media",
                                    "natives")),
                    Map.entry("node", List.of()));

    /** Who may touch a foreign library. */
    private static final Map<String, List<String>> FENCES =
            Map.of(
                    "ai.djl", List.of("engine"),
                    "org.bytedeco", List.of("media"),
                    "org.apache.pdfbox", List.of("media"),
                    "org.elasticsearch", List.of("", "ingest", "search", "action"),
                    "org.apache.lucene", List.of("", "ingest", "search", "action"),
                    "picocli", List.of("cli"),
                    "me.tongfei", List.of("cli"));

    private final JavaClasses classes =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(BASE);

    public void testEveryPackageHasItsArrows() {
        TreeSet<String> found = new TreeSet<>();
        classes.forEach(c -> found.add(name(c)));
        for (String name : found) {
            assertTrue(
                    "package [" + name + "] is not in the table of arrows",
                    ARROWS.containsKey(name));
        }
    }

    public void testArrowsPointOneWay() {
        ARROWS.forEach(
                (from, allowed) ->
                        noClasses()
                                .that(isIn(from))
                                .should()
                                .dependOnClassesThat(isOursOutside(from, allowed))
                                .allowEmptyShould(true)
                                .check(classes));
    }

    public void testNoCycles() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    public void testFences() {
        FENCES.forEach(
                (library, allowed) ->
                        noClasses()
                                .that(isOutside(allowed))
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(library + "..")
                                .allowEmptyShould(true)
                                .check(classes));
    }

    /** A network that opens its checkpoint itself would leave an adapter out without a word. */
    public void testNetworksLoadWithTheirAdapter() {
        noClasses()
                .that(isIn("backbone").or(isIn("family")))
                .and()
                .doNotHaveSimpleName("NetworkOptions")
                .should()
                .callMethod(Checkpoint.class, "open", Path.class)
                .check(classes);
    }

    private static String name(JavaClass c) {
        String full = c.getPackageName();
        return full.equals(BASE) ? "" : full.substring(BASE.length() + 1);
    }

    private static boolean isOurs(JavaClass c) {
        return c.getPackageName().equals(BASE) || c.getPackageName().startsWith(BASE + ".");
    }

    private static DescribedPredicate<JavaClass> isIn(String name) {
        return DescribedPredicate.describe(
                "are in package [" + name + "]", c -> isOurs(c) && name(c).equals(name));
    }

    private static DescribedPredicate<JavaClass> isOutside(List<String> names) {
        return DescribedPredicate.describe(
                "are outside " + names, c -> isOurs(c) && !names.contains(name(c)));
    }

    private static DescribedPredicate<JavaClass> isOursOutside(String own, List<String> allowed) {
        return DescribedPredicate.describe(
                "are ours but not in " + allowed,
                c -> isOurs(c) && !name(c).equals(own) && !allowed.contains(name(c)));
    }
}
