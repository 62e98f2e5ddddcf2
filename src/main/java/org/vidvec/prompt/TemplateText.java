package org.vidvec.prompt;

import java.util.ArrayList;
import java.util.List;

/** Cuts the expressions of a Jinja template, leaving strings and brackets whole. */
final class TemplateText {

    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";

    private TemplateText() {}

    /** The parts between separators, without white space around them. */
    static List<String> split(String term, char... separators) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int depth = 0;
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            if (depth == 0 && new String(separators).indexOf(c) >= 0) {
                parts.add(term.substring(from, i).strip());
                from = i + 1;
            } else if (isQuote(c)) {
                i = quoteEnd(term, i);
            } else {
                depth += depth(c);
            }
        }
        parts.add(from < term.length() ? term.substring(from).strip() : "");
        return parts;
    }

    /** The first place of a word or operator, or -1. */
    static int find(String term, String wanted) {
        int depth = 0;
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            if (depth == 0 && term.startsWith(wanted, i)) {
                return i;
            } else if (isQuote(c)) {
                i = quoteEnd(term, i);
            } else {
                depth += depth(c);
            }
        }
        return -1;
    }

    /** Without white space and parentheses around all of it. */
    static String unwrapped(String expression) {
        String term = expression.strip();
        while (term.startsWith("(") && bracketEnd(term) == term.length() - 1) {
            term = term.substring(1, term.length() - 1).strip();
        }
        return term;
    }

    /** Whether all of it is one string. */
    static boolean isString(String term) {
        return term.length() > 1
                && isQuote(term.charAt(0))
                && quoteEnd(term, 0) == term.length() - 1;
    }

    /** What a string says, as Python reads it. */
    static String value(String string) {
        StringBuilder value = new StringBuilder();
        for (int i = 1; i < string.length() - 1; i++) {
            char c = string.charAt(i);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = string.charAt(++i);
            switch (escaped) {
                case 'n' -> value.append('\n');
                case 't' -> value.append('\t');
                case 'r' -> value.append('\r');
                case 'u' -> i += unicode(value, string, i);
                case '\\', '\'', '"' -> value.append(escaped);
                default -> value.append(c).append(escaped);
            }
        }
        return value.toString();
    }

    /** Four hexadecimal digits after a u: how far they reach. */
    private static int unicode(StringBuilder value, String string, int u) {
        int end = Math.min(u + 5, string.length());
        String digits = string.substring(u + 1, end);
        if (digits.matches("[0-9a-fA-F]{4}") == false) {
            value.append("\\u");
            return 0;
        }
        value.append((char) Integer.parseInt(digits, 16));
        return digits.length();
    }

    /** Where the string ends that begins at {@code begin}; the length if it has no end. */
    static int quoteEnd(String term, int begin) {
        for (int i = begin + 1; i < term.length(); i++) {
            if (term.charAt(i) == '\\') {
                i++;
            } else if (term.charAt(i) == term.charAt(begin)) {
                return i;
            }
        }
        return term.length();
    }

    static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    private static int bracketEnd(String term) {
        int depth = 0;
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            if (isQuote(c)) {
                i = quoteEnd(term, i);
                continue;
            }
            depth += depth(c);
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static int depth(char c) {
        return OPENING.indexOf(c) >= 0 ? 1 : CLOSING.indexOf(c) >= 0 ? -1 : 0;
    }
}
