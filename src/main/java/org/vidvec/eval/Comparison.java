package org.vidvec.eval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every tensor of a case against what was computed; what was not is counted by name. */
final class Comparison {

    private static final Pattern PREFIX =
            Pattern.compile("((?:left\\.|right\\.)?row\\d+\\.|classic\\.|full\\.)?(.*)");
    private static final Pattern STACKED = Pattern.compile(".*(hidden_states|layer_inputs)");
    private static final String INPUT = "frames";

    private final ParityCase parityCase;
    private final Consumer<Check> checks;

    Comparison(ParityCase parityCase, Consumer<Check> checks) {
        this.parityCase = parityCase;
        this.checks = checks;
    }

    /** Compares all that there is. */
    void compare(Values values) throws IOException {
        for (String name : parityCase.tensors().names()) {
            if (name.equals(INPUT)) {
                continue;
            }
            for (Piece piece : pieces(name)) {
                float[] computed = values.get(piece.name());
                if (computed != null) {
                    compare(piece.at(values.rows(piece.name())), computed);
                } else if (piece.of() > 1 && values.get(name + ".0") != null) {
                    failed(piece.name(), "the network has no such layer");
                } else {
                    unchecked(piece.name(), reason(name));
                }
            }
        }
    }

    /** Counts all as not checked. */
    void skip(String reason) throws IOException {
        for (String name : parityCase.tensors().names()) {
            if (name.equals(INPUT) == false) {
                for (Piece piece : pieces(name)) {
                    unchecked(piece.name(), reason);
                }
            }
        }
    }

    /** Something that failed before there were numbers. */
    void failed(String tensor, String reason) {
        add(tensor, Check.Outcome.FAILED, Double.NaN, Double.NaN, null, reason);
    }

    /** A tensor, or one layer of a stack. */
    private record Piece(String name, float[] values, boolean isWhole, int of) {

        /** The same with zeros in all other rows; null for all as they are. */
        Piece at(boolean[] rows) {
            if (rows == null || values.length % rows.length != 0) {
                return this;
            }
            float[] some = values.clone();
            int size = some.length / rows.length;
            for (int row = 0; row < rows.length; row++) {
                if (rows[row] == false) {
                    Arrays.fill(some, row * size, (row + 1) * size, 0);
                }
            }
            return new Piece(name, some, isWhole, of);
        }
    }

    private List<Piece> pieces(String name) throws IOException {
        Reference tensors = parityCase.tensors();
        boolean whole = tensors.isWhole(name);
        List<Piece> pieces = new ArrayList<>();
        if (STACKED.matcher(name).matches()) {
            List<float[]> layers = tensors.pieces(name);
            for (int i = 0; i < layers.size(); i++) {
                pieces.add(new Piece(name + "." + i, layers.get(i), whole, layers.size()));
            }
        } else {
            pieces.add(new Piece(name, tensors.values(name), whole, 1));
        }
        return pieces;
    }

    private void compare(Piece piece, float[] computed) {
        if (computed.length != piece.values().length) {
            failed(
                    piece.name(),
                    "[" + computed.length + "] numbers, not [" + piece.values().length + "]");
            return;
        }
        Matcher name = PREFIX.matcher(piece.name());
        String prefix = name.matches() && name.group(1) != null ? name.group(1) : "";
        String kind = piece.name().substring(prefix.length());
        Bound bound = piece.isWhole() ? Bound.EXACT : parityCase.bounds(prefix).of(kind);
        double maxAbs = Numbers.maxAbs(piece.values(), computed);
        double cosine = Numbers.cosine(piece.values(), computed);
        boolean holds = bound.holds(maxAbs, cosine);
        Check.Outcome outcome = holds ? Check.Outcome.PASSED : Check.Outcome.FAILED;
        add(piece.name(), outcome, maxAbs, cosine, bound, "");
    }

    private void unchecked(String tensor, String reason) {
        add(tensor, Check.Outcome.UNCHECKED, Double.NaN, Double.NaN, null, reason);
    }

    private void add(
            String tensor,
            Check.Outcome outcome,
            double maxAbs,
            double cosine,
            Bound bound,
            String reason) {
        checks.accept(
                new Check(
                        parityCase.fixture(),
                        parityCase.name(),
                        tensor,
                        outcome,
                        maxAbs,
                        cosine,
                        bound,
                        reason));
    }

    private static String reason(String name) {
        if (name.equals("resized_frames")) {
            return "the family does not show its resized pictures";
        }
        return "nothing of the kind is computed by itself";
    }
}
