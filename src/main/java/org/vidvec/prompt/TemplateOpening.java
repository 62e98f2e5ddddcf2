package org.vidvec.prompt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidvec.prompt.TemplatePieces.Piece;

/**
 * How a chat template opens a conversation of one message of the user. The template is read, not
 * run: branches whose conditions are known are followed, what is not known is marked.
 */
final class TemplateOpening {

    private static final String START = "<|im_start|>";
    private static final String SYSTEM = START + "system\n";
    private static final String END = "<|im_end|>";
    private static final int MAX_LENGTH = 1 << 18;
    private static final char UNKNOWN = '\0';
    private static final Pattern SET =
            Pattern.compile("set\\s+(\\w+)\\s*=(?!=)(.*)", Pattern.DOTALL);
    private static final Pattern LOOP =
            Pattern.compile("for\\s+(\\w+)\\s+in\\s+(.*)", Pattern.DOTALL);

    /**
     * A statement that is open.
     *
     * @param live whether what it holds is written; empty if that is not known
     * @param done whether one of its branches was surely taken
     * @param maybe whether one of its branches may have been
     */
    private record Branch(Optional<Boolean> live, boolean done, boolean maybe) {

        static Branch of(Optional<Boolean> live) {
            return new Branch(live, live.orElse(false), live.isEmpty());
        }

        Branch next(Optional<Boolean> holds) {
            boolean never = done || holds.equals(Optional.of(false));
            Optional<Boolean> now = never ? Optional.of(false) : maybe ? Optional.empty() : holds;
            return new Branch(now, done || now.orElse(false), maybe || now.isEmpty());
        }
    }

    private final TemplateTerms terms = new TemplateTerms();
    private final Deque<Branch> open = new ArrayDeque<>();
    private final StringBuilder written = new StringBuilder();

    private TemplateOpening() {}

    /** The system message, "" if there is none; empty if it can't be told. */
    static Optional<String> systemMessage(String template) {
        if (template.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        TemplateOpening opening = new TemplateOpening();
        TemplatePieces.of(template).forEach(opening::read);
        return opening.systemMessage();
    }

    private Optional<String> systemMessage() {
        int start = Math.max(written.indexOf(START), 0);
        if (written.indexOf(SYSTEM) != start) {
            return Optional.of("");
        }
        int end = written.indexOf(END, start);
        return end < 0 || written.substring(0, end).indexOf(UNKNOWN) >= 0
                ? Optional.empty()
                : Optional.of(written.substring(start + SYSTEM.length(), end));
    }

    private void read(Piece piece) {
        switch (piece.kind()) {
            case TEXT -> write(Optional.of(piece.value()));
            case EXPRESSION -> write(terms.text(piece.value()));
            case STATEMENT -> statement(piece.value());
        }
    }

    private void write(Optional<String> text) {
        Optional<Boolean> live = live();
        if (live.orElse(true)) {
            if (live.isEmpty() || text.isEmpty()) {
                written.append(UNKNOWN);
            }
            text.ifPresent(written::append);
        }
    }

    private Optional<Boolean> live() {
        Optional<Boolean> no = Optional.of(false);
        if (open.stream().anyMatch(branch -> branch.live().equals(no))) {
            return no;
        }
        boolean known = open.stream().allMatch(branch -> branch.live().isPresent());
        return known ? Optional.of(true) : Optional.empty();
    }

    private void statement(String statement) {
        String word = statement.split("\\s", 2)[0];
        String rest = statement.substring(word.length());
        switch (word) {
            case "if" -> open.push(Branch.of(terms.holds(rest)));
            case "elif" -> next(terms.holds(rest));
            case "else" -> next(Optional.of(true));
            case "for" -> loop(statement);
            case "set" -> set(statement, rest.strip());
            case "macro" -> open.push(Branch.of(Optional.of(false)));
            case "call", "filter", "raw" -> open.push(Branch.of(Optional.empty()));
            case "endif", "endfor", "endset", "endmacro", "endcall", "endfilter", "endraw" ->
                    open.poll();
            default -> {
                // no other one writes anything
            }
        }
    }

    private void next(Optional<Boolean> holds) {
        if (open.isEmpty() == false) {
            open.push(open.pop().next(holds));
        }
    }

    private void loop(String statement) {
        Matcher loop = LOOP.matcher(statement);
        boolean turns = loop.matches() == false || terms.isLooped(loop.group(2));
        if (loop.matches()) {
            terms.set(loop.group(1), Optional.empty());
        }
        open.push(Branch.of(Optional.of(turns)));
    }

    private void set(String statement, String name) {
        Matcher set = SET.matcher(statement);
        Optional<Boolean> live = live();
        if (set.matches()) {
            Optional<String> value = live.isPresent() ? terms.text(set.group(2)) : Optional.empty();
            if (live.orElse(true)) {
                terms.set(set.group(1), value);
            }
        } else if (name.contains("=") == false) {
            // what stands in a block up to its end
            terms.set(name, Optional.empty());
            open.push(Branch.of(Optional.of(false)));
        }
    }
}
