package org.vidvec.datasets;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Charades-STA (Gao et al. 2017): {@code charades_sta_test.txt} and the like, a line {@code 3MSZA
 * 24.3 30.4##person turn a light on.}; lengths from Charades' {@code Charades_v1_test.csv} where it
 * is there.
 */
final class CharadesLayout implements Layout {

    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\S+)\\s+(\\S+?)##(.+)");

    @Override
    public String name() {
        return "charades_sta";
    }

    @Override
    public boolean fits(SetFolder folder) {
        return folder.find("charades_sta_test.txt", "charades_sta_train.txt") != null;
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        boolean train = folder.split().equals("train");
        Path file = Layout.need(folder, train ? "charades_sta_train.txt" : "charades_sta_test.txt");
        Path table = folder.find(train ? "Charades_v1_train.csv" : "Charades_v1_test.csv");
        Map<String, Double> lengths = new HashMap<>();
        if (table != null) {
            folder.rows(table, row -> lengths.put(row.get("id"), length(row.get("length"))));
        }
        folder.lines(
                file,
                (line, text) -> {
                    Matcher parts = LINE.matcher(text.strip());
                    if (parts.matches() == false) {
                        throw new IllegalArgumentException(
                                "[" + text + "] must be like [3MSZA 24.3 30.4##a sentence]");
                    }
                    String id = parts.group(1);
                    double start = number("start", parts.group(2));
                    double end = number("end", parts.group(3));
                    double seconds = lengths.getOrDefault(id, Double.NaN);
                    Span span = new Span(start, end);
                    into.medium(id, Medium.Kind.VIDEO);
                    into.moment(id, parts.group(4).strip(), List.of(span), seconds);
                });
        return "Charades-STA [" + SetFolder.name(file) + "]: one span a sentence";
    }

    private static double length(String text) {
        return Fields.seconds("length", number("length", text));
    }

    private static double number(String field, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "field [" + field + "] is [" + text + "]; it must be a number", e);
        }
    }
}
