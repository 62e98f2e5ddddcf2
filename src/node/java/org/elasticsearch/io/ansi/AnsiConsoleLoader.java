package org.elasticsearch.io.ansi;

import java.util.function.Supplier;

/**
 * Says that there is no terminal with colours. The server looks for this class by name, in {@code
 * lib/tools/ansi-console}; its own one is not published.
 */
public class AnsiConsoleLoader implements Supplier<Object> {

    /** Null: no console, as when the output is a file. */
    @Override
    public Object get() {
        return null;
    }
}
