package org.vidvec.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** What is true of a page: a sign, a bar chart or a table. Words are in lower case. */
public sealed interface Page permits Page.Sign, Page.BarChart, Page.DataTable {

    /** All that is true of it, in one fixed form. */
    String canonical();

    /** Whether a short caption of this one, in whatever words, might be true of another page. */
    boolean mayTellOf(Page other);

    /**
     * Large words.
     *
     * @param words one to three, of at most six letters
     */
    record Sign(List<String> words, Colour ink, Background.Paint paper) implements Page {

        public Sign {
            words = List.copyOf(words);
        }

        @Override
        public String canonical() {
            return "SIGN: " + String.join(" ", words) + " | " + ink + " " + paper;
        }

        /** Of its words in its ink, among others or not. */
        @Override
        public boolean mayTellOf(Page other) {
            return other instanceof Sign sign && sign.ink == ink && sign.words.containsAll(words);
        }
    }

    /**
     * One bar of a chart.
     *
     * @param label three letters
     * @param value 1 to 9
     */
    record Bar(String label, int value) {}

    /**
     * Bars of one colour under a title.
     *
     * @param bars three or four, no two of one value
     */
    record BarChart(String title, Colour colour, List<Bar> bars) implements Page {

        public BarChart {
            bars = List.copyOf(bars);
        }

        @Override
        public String canonical() {
            return "CHART: "
                    + title
                    + " "
                    + colour
                    + " "
                    + bars.stream()
                            .map(b -> b.label() + "=" + b.value())
                            .collect(Collectors.joining(" "));
        }

        /** From the lowest to the highest. */
        List<Bar> ascending() {
            return bars.stream().sorted((a, b) -> a.value() - b.value()).toList();
        }

        /** Of its title, colour, and highest or lowest bar. */
        @Override
        public boolean mayTellOf(Page other) {
            return other instanceof BarChart chart
                    && chart.title.equals(title)
                    && chart.colour == colour
                    && (chart.lowest().equals(lowest()) || chart.highest().equals(highest()));
        }

        private String lowest() {
            return ascending().get(0).label();
        }

        private String highest() {
            return ascending().get(bars.size() - 1).label();
        }
    }

    /**
     * Numbers under a title.
     *
     * @param columns two labels of three letters
     * @param rows two to four labels of three letters
     * @param cells [rows, columns], 10 to 99, no two alike
     */
    record DataTable(
            String title, List<String> columns, List<String> rows, List<List<Integer>> cells)
            implements Page {

        public DataTable {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            cells = cells.stream().map(List::copyOf).toList();
        }

        @Override
        public String canonical() {
            return "TABLE: " + title + " " + columns + " " + rows + " " + cells;
        }

        /** Of its title and one of its cells. */
        @Override
        public boolean mayTellOf(Page other) {
            return other instanceof DataTable table
                    && table.title.equals(title)
                    && Collections.disjoint(table.facts(), facts()) == false;
        }

        private List<String> facts() {
            List<String> facts = new ArrayList<>();
            for (int r = 0; r < rows.size(); r++) {
                for (int c = 0; c < columns.size(); c++) {
                    facts.add(columns.get(c) + " " + rows.get(r) + " " + cells.get(r).get(c));
                }
            }
            return facts;
        }
    }
}
