package org.vidvec.prompt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What expressions of a chat template are worth where the conversation is one message of the user
 * and there are no other arguments: strings, variables that hold strings, the user's role, and what
 * follows from these. All else is empty, which means that it is not known.
 */
final class TemplateTerms {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern ROLE =
            Pattern.compile("\\w+(\\[0])?(\\.role|\\['role']|\\[\"role\"])");
    private static final List<String> TRUE = List.of("true", "True", "loop.first", "messages");
    private static final String NOTHING = "";
    // of an expression: the depth of the recursion is a part of it
    private static final int MAX_LENGTH = 4000;

    private final Map<String, Optional<String>> variables = new HashMap<>();

    TemplateTerms() {
        variables.put("messages", Optional.empty());
        // no Qwen has one
        variables.put("bos_token", Optional.of(NOTHING));
        variables.put("eos_token", Optional.empty());
        variables.put("pad_token", Optional.empty());
    }

    /** Gives a name a value, or one that is not known. */
    void set(String name, Optional<String> value) {
        variables.put(name, value);
    }

    /** Whether a loop over it has a turn: it is not known to be nothing. */
    boolean isLooped(String expression) {
        return text(expression).map(value -> value.isEmpty() == false).orElse(true);
    }

    /** What is printed; nothing for what is false or not defined. */
    Optional<String> text(String expression) {
        if (expression.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String term = TemplateText.unwrapped(expression);
        int then = TemplateText.find(term, " if ");
        int otherwise = TemplateText.find(term, " else ");
        if (then > 0 && otherwise > then) {
            String yes = term.substring(0, then);
            String no = term.substring(otherwise + " else ".length());
            return holds(term.substring(then + " if ".length(), otherwise))
                    .flatMap(is -> text(is ? yes : no));
        }
        StringBuilder all = new StringBuilder();
        for (String part : TemplateText.split(term, '+', '~')) {
            Optional<String> one = filtered(TemplateText.unwrapped(part));
            if (one.isEmpty()) {
                return one;
            }
            all.append(one.get());
        }
        return Optional.of(all.toString());
    }

    private Optional<String> filtered(String term) {
        List<String> parts = TemplateText.split(term, '|');
        if (parts.size() == 1) {
            return value(term);
        }
        boolean trims = parts.subList(1, parts.size()).stream().allMatch("trim"::equals);
        return trims ? text(parts.get(0)).map(String::strip) : Optional.empty();
    }

    private Optional<String> value(String term) {
        if (TemplateText.isString(term)) {
            return Optional.of(TemplateText.value(term));
        }
        if (NUMBER.matcher(term).matches()) {
            return Optional.of(term);
        }
        if (ROLE.matcher(term).matches()) {
            return Optional.of("user");
        }
        boolean name = NAME.matcher(term).matches();
        return name ? variables.getOrDefault(term, Optional.of(NOTHING)) : Optional.empty();
    }

    /** Whether a condition holds. */
    Optional<Boolean> holds(String condition) {
        if (condition.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String term = TemplateText.unwrapped(condition);
        for (String word : List.of(" or ", " and ")) {
            int at = TemplateText.find(term, word);
            if (at > 0) {
                String right = term.substring(at + word.length());
                return either(term.substring(0, at), right, word.equals(" or "));
            }
        }
        if (term.startsWith("not ")) {
            return holds(term.substring("not ".length())).map(is -> is == false);
        }
        if (TRUE.contains(term)) {
            return Optional.of(true);
        }
        int is = TemplateText.find(term, " is ");
        if (is > 0) {
            return test(term.substring(0, is).strip(), term.substring(is + " is ".length()));
        }
        int in = TemplateText.find(term, " in ");
        if (in > 0) {
            return listed(term.substring(0, in).strip(), term.substring(in + " in ".length()));
        }
        return compared(term);
    }

    /** One of two conditions that decides alone, or both. */
    private Optional<Boolean> either(String left, String right, boolean decides) {
        Optional<Boolean> first = holds(left);
        Optional<Boolean> second = holds(right);
        Optional<Boolean> decided = Optional.of(decides);
        if (first.equals(decided) || second.equals(decided)) {
            return decided;
        }
        return first.isPresent() ? second : first;
    }

    private Optional<Boolean> test(String name, String test) {
        boolean negative = test.startsWith("not ");
        String wanted = negative ? test.substring("not ".length()).strip() : test.strip();
        if (NAME.matcher(name).matches() == false || wanted.equals("defined") == false) {
            return Optional.empty();
        }
        return Optional.of(variables.containsKey(name) != negative);
    }

    private Optional<Boolean> listed(String item, String list) {
        boolean negative = item.endsWith(" not");
        String one = negative ? item.substring(0, item.length() - " not".length()) : item;
        String all = list.strip();
        if (all.startsWith("[") == false) {
            return Optional.empty();
        }
        List<Optional<String>> values =
                TemplateText.split(all.substring(1, all.length() - 1), ',').stream()
                        .map(this::text)
                        .toList();
        return text(one).map(value -> values.contains(Optional.of(value)) != negative);
    }

    private Optional<Boolean> compared(String term) {
        for (String operator : List.of("!=", "==")) {
            int at = TemplateText.find(term, operator);
            if (at > 0) {
                Optional<String> right = text(term.substring(at + operator.length()));
                return text(term.substring(0, at))
                        .flatMap(l -> right.map(r -> l.equals(r) == operator.equals("==")));
            }
        }
        return text(term).map(value -> value.isEmpty() == false);
    }
}
