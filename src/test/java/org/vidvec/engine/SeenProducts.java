package org.vidvec.engine;

import ai.djl.pytorch.jni.JniUtils;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The products of two matrices that libtorch itself saw on this thread, by its profiler. */
public final class SeenProducts {

    /** A product [rows, in] x [in, out]. */
    public record Product(long rows, long in, long out) {}

    /** What is looked at. */
    public interface Work {
        /** Runs it. */
        void run() throws Exception;
    }

    private static final Set<String> NAMES = Set.of("aten::addmm", "aten::mm");

    private SeenProducts() {}

    /**
     * The products of some work, in order.
     *
     * @param file for the profile
     */
    public static List<Product> of(Path file, Work work) throws Exception {
        JniUtils.startProfile(false, true, false);
        try {
            work.run();
        } finally {
            JniUtils.stopProfile(file.toString());
        }
        return read(file);
    }

    private static List<Product> read(Path file) throws IOException {
        List<Product> products = new ArrayList<>();
        for (JsonElement event : JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
            if (NAMES.contains(event.getAsJsonObject().get("name").getAsString())) {
                products.add(product(event.getAsJsonObject().getAsJsonArray("shape")));
            }
        }
        return products;
    }

    /** Of the shapes of a bias, if there is one, the left and the right matrix. */
    private static Product product(JsonArray shapes) {
        List<JsonArray> matrices = new ArrayList<>();
        for (JsonElement shape : shapes) {
            if (shape.getAsJsonArray().size() == 2) {
                matrices.add(shape.getAsJsonArray());
            }
        }
        JsonArray left = matrices.get(0);
        long out = matrices.get(1).get(1).getAsLong();
        return new Product(left.get(0).getAsLong(), left.get(1).getAsLong(), out);
    }
}
