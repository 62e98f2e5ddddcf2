package org.vidvec.cli;

import org.vidvec.media.Sampling;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --sample}: a strategy and its numbers, {@code uniform:8} or {@code fps:1}. */
final class SamplingOption implements ITypeConverter<Sampling> {

    /** What may be written. */
    static final String FORMS = Sampling.FORMS;

    @Override
    public Sampling convert(String value) {
        try {
            return Sampling.of(value);
        } catch (IllegalArgumentException e) {
            String message = e.getMessage();
            String named = "[" + value + "]";
            throw new TypeConversionException(
                    message.startsWith(named) ? message : named + ": " + message);
        }
    }
}
