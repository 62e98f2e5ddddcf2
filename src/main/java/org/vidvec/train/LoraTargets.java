package org.vidvec.train;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which linear layers get low-rank matrices, by the rules of PEFT's {@code target_modules}: a name
 * is met by a module of that name or one that ends with it after a dot, an expression by a module
 * whose whole name it matches. Module names are those of transformers 5: {@code
 * model.language_model.layers.0.self_attn.q_proj}.
 */
public final class LoraTargets {

    /** PEFT's word for every linear layer; here, of the language model. */
    public static final String ALL = "all-linear";

    private final List<String> names;
    private final Pattern expression;

    private LoraTargets(List<String> names, Pattern expression) {
        this.names = List.copyOf(names);
        this.expression = expression;
    }

    /** Ends of module names, for example {@code q_proj}. */
    public static LoraTargets names(List<String> names) {
        return new LoraTargets(names, null);
    }

    /**
     * A regular expression over whole module names, or {@code all-linear}.
     *
     * @throws IllegalArgumentException if it is no regular expression
     */
    public static LoraTargets expression(String expression) {
        try {
            return new LoraTargets(
                    List.of(), Pattern.compile(expression.equals(ALL) ? ".*" : expression));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "[" + expression + "] is no regular expression: " + e.getDescription(), e);
        }
    }

    /**
     * The modules that are meant, in their order.
     *
     * @throws IllegalArgumentException if a name or the expression meets none
     */
    List<String> among(List<String> modules) {
        List<String> met = new ArrayList<>();
        for (String module : modules) {
            boolean matches =
                    expression == null
                            ? names.stream().anyMatch(name -> isMet(module, name))
                            : expression.matcher(module).matches();
            if (matches) {
                met.add(module);
            }
        }
        for (String name : names) {
            if (modules.stream().noneMatch(module -> isMet(module, name))) {
                throw none(name, modules);
            }
        }
        if (met.isEmpty()) {
            throw none(expression == null ? "" : expression.pattern(), modules);
        }
        return met;
    }

    private static boolean isMet(String module, String name) {
        return module.equals(name) || module.endsWith("." + name);
    }

    private static IllegalArgumentException none(String target, List<String> modules) {
        return new IllegalArgumentException(
                "the target ["
                        + target
                        + "] is none of the language model's linear layers, which are ["
                        + modules.get(0)
                        + "] and so on to ["
                        + modules.get(modules.size() - 1)
                        + "]");
    }
}
