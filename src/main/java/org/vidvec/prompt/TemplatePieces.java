package org.vidvec.prompt;

import java.util.ArrayList;
import java.util.List;

/** A Jinja template cut into texts, expressions and statements, with white space as HF keeps it. */
final class TemplatePieces {

    /** What a piece is. */
    enum Kind {
        /** Written as it stands. */
        TEXT,
        /** What stands in double braces. */
        EXPRESSION,
        /** What stands in braces with percent signs. */
        STATEMENT
    }

    /** A part of a template. */
    record Piece(Kind kind, String value) {}

    private final String template;
    private final List<Piece> pieces = new ArrayList<>();
    private int at;
    private boolean trimLine;
    private boolean trimAll;

    private TemplatePieces(String template) {
        this.template = template;
    }

    /** All of them in order; a tag without an end is text. */
    static List<Piece> of(String template) {
        TemplatePieces pieces = new TemplatePieces(template);
        while (pieces.at < template.length()) {
            pieces.next();
        }
        return List.copyOf(pieces.pieces);
    }

    private void next() {
        int begin = begin(at);
        int end = begin < 0 ? -1 : end(begin);
        if (end < 0) {
            text(template.substring(at), false, false);
            at = template.length();
            return;
        }
        char kind = template.charAt(begin + 1);
        char mark = template.charAt(begin + 2);
        // trim_blocks and lstrip_blocks of HF's environment: of all but expressions
        text(template.substring(at, begin), mark == '-', kind != '{' && mark != '+');
        trimAll = template.charAt(end - 1) == '-';
        trimLine = kind != '{';
        String inside = template.substring(begin + 2, end).strip();
        inside = inside.startsWith("-") || inside.startsWith("+") ? inside.substring(1) : inside;
        inside = inside.endsWith("-") ? inside.substring(0, inside.length() - 1) : inside;
        if (kind != '#') {
            Kind what = kind == '{' ? Kind.EXPRESSION : Kind.STATEMENT;
            pieces.add(new Piece(what, inside.strip()));
        }
        at = end + 2;
    }

    private void text(String raw, boolean stripEnd, boolean stripLine) {
        String text = raw;
        if (trimAll) {
            text = text.stripLeading();
        } else if (trimLine && text.startsWith("\n")) {
            text = text.substring(1);
        }
        if (stripEnd) {
            text = text.stripTrailing();
        } else if (stripLine) {
            int line = text.lastIndexOf('\n') + 1;
            boolean first = line > 0 || pieces.isEmpty() || trimLine && raw.startsWith("\n");
            text = first && text.substring(line).isBlank() ? text.substring(0, line) : text;
        }
        if (text.isEmpty() == false) {
            pieces.add(new Piece(Kind.TEXT, text));
        }
    }

    /** Where the next tag begins, or -1. */
    private int begin(int from) {
        for (int i = template.indexOf('{', from); i >= 0; i = template.indexOf('{', i + 1)) {
            if (i + 3 < template.length() && "{%#".indexOf(template.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** Where the two characters are that end a tag, strings in it left out; -1 without an end. */
    private int end(int begin) {
        char kind = template.charAt(begin + 1);
        String mark = (kind == '{' ? "}" : kind) + "}";
        int depth = 0;
        for (int i = begin + 2; i < template.length(); i++) {
            char c = template.charAt(i);
            if (depth <= 0 && template.startsWith(mark, i)) {
                return i;
            } else if (kind != '#' && TemplateText.isQuote(c)) {
                i = TemplateText.quoteEnd(template, i);
            } else if (kind == '{') {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            }
        }
        return -1;
    }
}
