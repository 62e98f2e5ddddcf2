package org.vidvec.cli;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.vidvec.media.Sampling;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --sample}: a strategy and its number, {@code uniform:8} or {@code fps:1}. */
final class SamplingOption implements ITypeConverter<Sampling> {

    /** What may be written. */
    static final String FORMS = "uniform:8, fps:1, spread:2, shots:1 or timestamps:0.5,3";

    // the most frames that limits allow anyway; Qwen3-VL: at least 4
    private static final int MOST_FRAMES = 512;
    private static final int LEAST_SPREAD = 4;

    @Override
    public Sampling convert(String value) {
        String[] parts = value.split(":", 2);
        String number = parts.length == 2 ? parts[1] : "";
        return switch (parts[0]) {
            case "uniform" -> of(value, number, n -> new Sampling.Uniform(whole(n)));
            case "fps" -> of(value, number, n -> new Sampling.Fps(n, MOST_FRAMES));
            case "spread" ->
                    of(value, number, n -> new Sampling.Spread(n, LEAST_SPREAD, MOST_FRAMES));
            case "shots" -> of(value, number, n -> new Sampling.Shots(whole(n), MOST_FRAMES));
            case "timestamps" -> timestamps(value, number);
            default -> throw wrong(value);
        };
    }

    private static Sampling timestamps(String value, String numbers) {
        try {
            return new Sampling.Timestamps(
                    Arrays.stream(numbers.split(",")).map(Double::valueOf).toList());
        } catch (NumberFormatException e) {
            throw wrong(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("[" + value + "]: " + e.getMessage());
        }
    }

    private static int whole(double number) {
        if (number != Math.rint(number)) {
            throw new IllegalArgumentException("[frames] must be whole, not [" + number + "]");
        }
        return (int) number;
    }

    private static Sampling of(String value, String number, DoubleFunction<Sampling> sampling) {
        try {
            return sampling.apply(Double.parseDouble(number));
        } catch (NumberFormatException e) {
            throw wrong(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("[" + value + "]: " + e.getMessage());
        }
    }

    private static TypeConversionException wrong(String value) {
        return new TypeConversionException("[" + value + "] must be like " + FORMS);
    }
}
