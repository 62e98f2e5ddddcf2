package org.vidvec.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.vidvec.world.Saying.Slot;

/** What is said of a page. */
final class PageTexts {

    private static final List<String> COLOURS =
            Arrays.stream(Colour.values()).map(Lexicon::plain).toList();
    private static final List<String> PAPERS =
            Arrays.stream(Background.Paint.values()).map(Lexicon::plain).toList();

    private PageTexts() {}

    /** A short caption with its false twins. */
    static Saying saying(Page page, Wording wording) {
        return switch (page) {
            case Page.Sign sign -> sign(sign, wording);
            case Page.BarChart chart -> chart(chart, wording);
            case Page.DataTable table -> table(table, wording);
        };
    }

    private static Saying sign(Page.Sign sign, Wording wording) {
        List<Slot> slots = new ArrayList<>();
        List<String> absent = absent(PageSampler.WORDS, sign.words());
        sign.words().forEach(word -> slots.add(new Slot(word, absent)));
        String words = "{}" + " {}".repeat(slots.size() - 1);
        slots.add(Slot.of(Lexicon.plain(sign.ink()), COLOURS));
        boolean more = wording.chance("paper", 0.5);
        if (more) {
            slots.add(Slot.of(Lexicon.plain(sign.paper()), PAPERS));
        }
        String noun = sign.words().size() == 1 ? "the word " : "the words ";
        return new Saying(
                wording.pick("sign", List.of("a sign that says ", "a sign with " + noun, noun))
                        + words
                        + " in {} letters"
                        + (more ? " on a {} background" : ""),
                slots);
    }

    private static Saying chart(Page.BarChart chart, Wording wording) {
        List<String> labels = chart.bars().stream().map(Page.Bar::label).toList();
        List<Page.Bar> ascending = chart.ascending();
        boolean highest = wording.chance("highest", 0.5);
        Page.Bar bar = ascending.get(highest ? ascending.size() - 1 : 0);
        List<Slot> slots =
                List.of(
                        Slot.of(chart.title(), PageSampler.WORDS),
                        Slot.of(Lexicon.plain(chart.colour()), COLOURS),
                        Slot.of(bar.label(), labels));
        return new Saying(
                wording.pick("chart", List.of("a bar chart of ", "a bar chart titled "))
                        + "{} with {} bars in which {} is "
                        + (highest
                                ? wording.pick("most", List.of("highest", "largest"))
                                : wording.pick("least", List.of("lowest", "smallest"))),
                slots);
    }

    private static Saying table(Page.DataTable table, Wording wording) {
        int row = wording.pick("row", indices(table.rows()));
        int column = wording.pick("column", indices(table.columns()));
        int value = table.cells().get(row).get(column);
        List<String> others = new ArrayList<>();
        for (int i = 10; i < 100; i++) {
            others.add(String.valueOf(i));
        }
        List<String> seen = new ArrayList<>(table.rows());
        seen.addAll(table.columns());
        List<String> absent = absent(PageSampler.LABELS, seen);
        List<Slot> slots =
                List.of(
                        Slot.of(table.title(), PageSampler.WORDS),
                        new Slot(table.columns().get(column), absent),
                        new Slot(table.rows().get(row), absent),
                        Slot.of(String.valueOf(value), others));
        return new Saying(
                wording.pick("table", List.of("a table of ", "a table titled "))
                        + "{} in which the {} of {} is {}",
                slots);
    }

    private static List<Integer> indices(List<?> list) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            indices.add(i);
        }
        return indices;
    }

    private static List<String> absent(List<String> all, List<String> present) {
        return all.stream().filter(word -> present.contains(word) == false).toList();
    }

    /** All that is true. */
    static String dense(Page page) {
        return switch (page) {
            case Page.Sign sign ->
                    "A sign with "
                            + Lexicon.plain(sign.ink())
                            + " letters on "
                            + Lexicon.indefinite(Lexicon.plain(sign.paper()))
                            + " background. It says "
                            + String.join(" ", sign.words())
                            + ".";
            case Page.BarChart chart ->
                    "A bar chart titled "
                            + chart.title()
                            + " with "
                            + Lexicon.plain(chart.colour())
                            + " bars. "
                            + chart.bars().stream()
                                    .map(b -> b.label() + " is " + b.value())
                                    .collect(Collectors.joining(", "))
                            + ".";
            case Page.DataTable table ->
                    "A table titled "
                            + table.title()
                            + " with the columns "
                            + String.join(" and ", table.columns())
                            + ". "
                            + rows(table)
                            + ".";
        };
    }

    private static String rows(Page.DataTable table) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < table.rows().size(); i++) {
            String cells =
                    table.cells().get(i).stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" and "));
            rows.add(table.rows().get(i) + " has " + cells);
        }
        return String.join(", ", rows);
    }

    static String summary(Page page) {
        return switch (page) {
            case Page.Sign sign -> "sign that says " + String.join(" ", sign.words());
            case Page.BarChart chart -> "bar chart of " + chart.title();
            case Page.DataTable table -> "table of " + table.title();
        };
    }

    /** The words that a page is about. */
    static List<String> heading(Page page) {
        return switch (page) {
            case Page.Sign sign -> sign.words();
            case Page.BarChart chart -> List.of(chart.title());
            case Page.DataTable table -> List.of(table.title());
        };
    }

    static List<Question> questions(Page page) {
        return switch (page) {
            case Page.Sign sign -> questions(sign);
            case Page.BarChart chart -> questions(chart);
            case Page.DataTable table -> questions(table);
        };
    }

    private static List<Question> questions(Page.Sign sign) {
        String words = String.join(" ", sign.words());
        return List.of(
                new Question("what does the sign say?", words, Topic.NAME),
                new Question(
                        "what colour are the letters?", Lexicon.plain(sign.ink()), Topic.COLOUR),
                new Question("what colour is the background?", Lexicon.plain(sign.paper())));
    }

    private static List<Question> questions(Page.BarChart chart) {
        List<Question> all = new ArrayList<>();
        List<String> bars = chart.ascending().stream().map(Page.Bar::label).toList();
        String colour = Lexicon.plain(chart.colour());
        all.add(new Question("what is the title?", chart.title(), Topic.NAME));
        all.add(new Question("what colour are the bars?", colour, Topic.COLOUR));
        all.add(new Question("how many bars are there?", String.valueOf(bars.size())));
        all.add(new Question("which bar is lowest?", bars.get(0), Topic.VALUE));
        all.add(new Question("which bar is highest?", bars.get(bars.size() - 1), Topic.VALUE));
        for (Page.Bar bar : chart.bars()) {
            String height = String.valueOf(bar.value());
            all.add(new Question("how high is " + bar.label() + "?", height, Topic.VALUE));
        }
        return all;
    }

    private static List<Question> questions(Page.DataTable table) {
        List<Question> all = new ArrayList<>();
        all.add(new Question("what is the title?", table.title(), Topic.NAME));
        all.add(new Question("how many rows are there?", String.valueOf(table.rows().size())));
        for (int r = 0; r < table.rows().size(); r++) {
            for (int c = 0; c < table.columns().size(); c++) {
                String cell = table.columns().get(c) + " of " + table.rows().get(r);
                String value = String.valueOf(table.cells().get(r).get(c));
                all.add(new Question("what is the " + cell + "?", value, Topic.VALUE));
            }
        }
        return all;
    }
}
