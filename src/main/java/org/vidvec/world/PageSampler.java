package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/** Draws pages of a split. */
final class PageSampler {

    /** Of three letters: labels. */
    static final List<String> LABELS =
            List.of(
                    "ant", "bat", "bed", "bee", "box", "bus", "cap", "car", "cat", "cow", "cup",
                    "dog", "ear", "egg", "eye", "fan", "fig", "fly", "fox", "hat", "hen", "ice",
                    "ink", "jar", "key", "leg", "map", "net", "nut", "oak", "oil", "owl", "pan",
                    "pea", "pen", "pig", "pot", "rat", "saw", "sea", "sky", "sun", "tea", "toy",
                    "van", "web", "yak", "zoo");

    /** Of four to six letters: titles and signs. */
    static final List<String> WORDS =
            List.of(
                    "apple", "beach", "bread", "bridge", "candle", "castle", "chair", "cloud",
                    "coffee", "desert", "engine", "exit", "farm", "flower", "forest", "garden",
                    "glass", "guitar", "hotel", "house", "island", "jacket", "lake", "lamp",
                    "lemon", "market", "milk", "money", "moss", "museum", "ocean", "office",
                    "orange", "paper", "pepper", "piano", "plant", "prices", "queen", "rain",
                    "river", "road", "rocket", "sales", "salt", "school", "silver", "snow",
                    "spring", "stone", "sugar", "summer", "table", "taxi", "tower", "train", "tree",
                    "valley", "water", "winter", "wolf", "yellow", "zebra", "zero");

    private static final int LEAST_CELL = 10;
    private static final int CELLS = 90;
    private static final int HIGHEST_BAR = 9;

    private final Split split;

    PageSampler(Split split) {
        this.split = split;
    }

    /** A sign, a chart or a table, each as often. */
    Page page(Dice dice) {
        while (true) {
            Page page =
                    switch (dice.below(3)) {
                        case 0 -> sign(dice);
                        case 1 -> chart(dice);
                        default -> table(dice);
                    };
            if (Split.of(page.canonical()) == split) {
                return page;
            }
        }
    }

    private static Page sign(Dice dice) {
        return new Page.Sign(
                dice.shuffled(WORDS).subList(0, 1 + dice.below(3)),
                dice.pick(Colour.values()),
                dice.pick(Background.Paint.values()));
    }

    private static Page chart(Dice dice) {
        int n = 3 + dice.below(2);
        List<String> labels = dice.shuffled(LABELS);
        List<Integer> values = dice.shuffled(numbers(1, HIGHEST_BAR));
        List<Page.Bar> bars = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            bars.add(new Page.Bar(labels.get(i), values.get(i)));
        }
        return new Page.BarChart(dice.pick(WORDS), dice.pick(Colour.values()), bars);
    }

    private static Page table(Dice dice) {
        int columns = 2;
        int rows = 2 + dice.below(3);
        List<String> labels = dice.shuffled(LABELS);
        List<Integer> values = dice.shuffled(numbers(LEAST_CELL, CELLS));
        List<List<Integer>> cells = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            cells.add(values.subList(i * columns, (i + 1) * columns));
        }
        return new Page.DataTable(
                dice.pick(WORDS),
                labels.subList(0, columns),
                labels.subList(columns, columns + rows),
                cells);
    }

    private static List<Integer> numbers(int first, int n) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            numbers.add(first + i);
        }
        return numbers;
    }
}
