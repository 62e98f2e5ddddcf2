package org.vidvec.datasets;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder with annotations, or one annotation file alone.
 *
 * @param path of the folder or file
 * @param split which part of the set is wanted: train, validation or test
 * @param bad what is done about lines that can't be used
 * @param captions field that holds captions; null for the layout's own
 */
record SetFolder(Path path, String split, BadLines bad, String captions) {

    /** With the layout's own captions. */
    SetFolder(Path path, String split, BadLines bad) {
        this(path, split, bad, null);
    }

    private static final List<String> PLACES = List.of("", "annotations", "annotation", "data");

    /** Takes the text of one line. */
    @FunctionalInterface
    interface LineReader {
        void read(int line, String text);
    }

    /** Where relative names begin. */
    Path folder() {
        return Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
    }

    /** The first of some file names that is there; null for none. */
    Path find(List<String> names) {
        if (Files.isDirectory(path) == false) {
            return names.contains(name(path)) ? path : null;
        }
        return names.stream()
                .flatMap(name -> PLACES.stream().map(place -> path.resolve(place).resolve(name)))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(null);
    }

    /** The same. */
    Path find(String... names) {
        return find(List.of(names));
    }

    /** All files directly in it with an ending, sorted. */
    List<Path> endingWith(String ending) throws DatasetException {
        if (Files.isDirectory(path) == false) {
            return name(path).endsWith(ending) ? List.of(path) : List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(f -> name(f).endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new DatasetException("can't list [" + path + "]: " + e, e);
        }
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Reads lines that are not blank, each by itself. */
    void lines(Path file, LineReader reader) throws DatasetException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String text;
            for (int line = 1; (text = lines.readLine()) != null; line++) {
                if (text.isBlank() == false) {
                    int number = line;
                    String words = text;
                    bad.read(at(number, file), () -> reader.read(number, words));
                }
            }
        } catch (IOException e) {
            throw new DatasetException("can't read [" + file + "]: " + e, e);
        }
    }

    /** Reads lines that are JSON objects, each by itself. */
    void jsonLines(Path file, Consumer<Fields> reader) throws DatasetException {
        lines(file, (line, text) -> reader.accept(parse(text)));
    }

    private static Fields parse(String text) {
        try {
            return Fields.of(JsonParser.parseString(text));
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getMessage());
        }
    }

    /** Reads the rows of a table, each by itself. */
    void rows(Path file, Consumer<CsvTable.Row> reader) throws DatasetException {
        char separator = name(file).endsWith(".tsv") ? '\t' : ',';
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            CsvTable table = new CsvTable(in, separator);
            for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
                CsvTable.Row one = row;
                bad.read(at(row.line(), file), () -> reader.accept(one));
            }
        } catch (IOException e) {
            throw new DatasetException("can't read [" + file + "]: " + e, e);
        }
    }

    /** Reads entries of a JSON file, each by itself. */
    void entries(Path file, String list, List<? extends JsonElement> all, Consumer<Fields> reader)
            throws DatasetException {
        int number = 0;
        for (JsonElement element : all) {
            number++;
            String where = "entry [" + number + "] of [" + list + "] in [" + file + "]";
            bad.read(where, () -> reader.accept(Fields.of(element)));
        }
    }

    /** A whole file of JSON. */
    static JsonElement json(Path file) throws DatasetException {
        try {
            return JsonParser.parseString(Files.readString(file));
        } catch (IOException e) {
            throw new DatasetException("can't read [" + file + "]: " + e, e);
        } catch (JsonParseException e) {
            throw new DatasetException("[" + file + "] is not JSON: " + e.getMessage(), e);
        }
    }

    /** A file of JSON that is a list. */
    static List<JsonElement> list(Path file) throws DatasetException {
        JsonElement json = json(file);
        if (json.isJsonArray() == false) {
            throw new DatasetException("[" + file + "] must hold a JSON list");
        }
        return json.getAsJsonArray().asList();
    }

    /** The first line of a file; empty if it has none or is no text. */
    static String firstLine(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String line = lines.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }

    private static String at(int line, Path file) {
        return "line [" + line + "] of [" + file + "]";
    }
}
