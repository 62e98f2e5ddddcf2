package org.vidvec.world;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a page's short caption word by word and says whether it is true of a page whose dense
 * caption is given: it knows neither how captions are made nor how pages are told apart.
 */
final class SpokenPage {

    private static final Pattern SIGN =
            Pattern.compile(
                    "(?:a sign that says|(?:a sign with )?the words?) ([a-z ]+) in ([a-z]+) letters"
                            + "(?: on a ([a-z ]+) background)?");
    private static final Pattern DENSE_SIGN =
            Pattern.compile(
                    "A sign with ([a-z]+) letters on an? ([a-z ]+) background\\. It says"
                            + " ([a-z ]+)\\.");
    private static final Pattern CHART =
            Pattern.compile(
                    "a bar chart (?:of|titled) ([a-z]+) with ([a-z]+) bars in which ([a-z]+) is"
                            + " ([a-z]+)");
    private static final Pattern DENSE_CHART =
            Pattern.compile("A bar chart titled ([a-z]+) with ([a-z]+) bars\\. (.+)\\.");
    private static final Pattern TABLE =
            Pattern.compile(
                    "a table (?:of|titled) ([a-z]+) in which the ([a-z]+) of ([a-z]+) is"
                            + " ([0-9]+)");
    private static final Pattern DENSE_TABLE =
            Pattern.compile(
                    "A table titled ([a-z]+) with the columns ([a-z]+) and ([a-z]+)\\. (.+)\\.");

    private SpokenPage() {}

    static boolean isTrue(String caption, String dense) {
        Matcher sign = SIGN.matcher(caption);
        Matcher chart = CHART.matcher(caption);
        Matcher table = TABLE.matcher(caption);
        if (sign.matches()) {
            Matcher page = DENSE_SIGN.matcher(dense);
            return page.matches()
                    && words(page.group(3)).containsAll(words(sign.group(1)))
                    && page.group(1).equals(sign.group(2))
                    && (sign.group(3) == null || page.group(2).equals(sign.group(3)));
        }
        if (chart.matches()) {
            Matcher page = DENSE_CHART.matcher(dense);
            return page.matches()
                    && page.group(1).equals(chart.group(1))
                    && page.group(2).equals(chart.group(2))
                    && outermost(page.group(3), chart.group(4)).equals(chart.group(3));
        }
        if (table.matches()) {
            Matcher page = DENSE_TABLE.matcher(dense);
            return page.matches()
                    && page.group(1).equals(table.group(1))
                    && cell(page, table.group(2), table.group(3)).equals(table.group(4));
        }
        throw new AssertionError("[" + caption + "] can't be read");
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }

    /** Of {@code dog is 3, cat is 5}. */
    private static String outermost(String bars, String which) {
        boolean highest = List.of("highest", "largest").contains(which);
        Comparator<String> value = Comparator.comparing(bar -> Integer.valueOf(bar.split(" ")[2]));
        return Arrays.stream(bars.split(", "))
                .max(highest ? value : value.reversed())
                .orElseThrow()
                .split(" ")[0];
    }

    /** Of {@code dog has 11 and 12, cat has 13 and 14}; empty if there is none. */
    private static String cell(Matcher page, String column, String row) {
        int place = column.equals(page.group(2)) ? 2 : column.equals(page.group(3)) ? 4 : -1;
        for (String each : page.group(4).split(", ")) {
            String[] words = each.split(" ");
            if (place > 0 && words[0].equals(row)) {
                return words[place];
            }
        }
        return "";
    }
}
