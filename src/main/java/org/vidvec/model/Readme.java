package org.vidvec.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the README of a checkpoint says near its beginning, as Hugging Face lays it out.
 *
 * @param title the first heading; empty if there is none
 * @param licence {@code license} of the front matter; empty if it does not say
 */
record Readme(String title, String licence) {

    private static final String FILE = "README.md";
    private static final int WITHIN_LINES = 200;
    private static final String FENCE = "---";
    private static final String LICENCE = "license:";
    private static final Readme NONE = new Readme("", "");

    /** One that can't be read says nothing. */
    static Readme of(Path folder) {
        Path file = folder.resolve(FILE);
        if (Files.isRegularFile(file) == false) {
            return NONE;
        }
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            List<String> lines = reader.lines().limit(WITHIN_LINES).toList();
            return new Readme(title(lines), licence(lines));
        } catch (IOException | RuntimeException e) {
            return NONE;
        }
    }

    private static String title(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("# ")).findFirst().orElse("");
    }

    private static String licence(List<String> lines) {
        if (lines.isEmpty() || lines.get(0).equals(FENCE) == false) {
            return "";
        }
        return lines.stream()
                .skip(1)
                .takeWhile(line -> line.equals(FENCE) == false)
                .filter(line -> line.startsWith(LICENCE))
                .map(line -> line.substring(LICENCE.length()).strip())
                .findFirst()
                .orElse("");
    }
}
