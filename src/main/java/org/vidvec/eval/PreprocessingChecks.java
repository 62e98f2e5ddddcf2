package org.vidvec.eval;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.vidvec.engine.CheckpointException;
import org.vidvec.media.Frame;
import org.vidvec.media.FramePlan;
import org.vidvec.model.ModelParts;
import org.vidvec.resize.ImageSize;
import org.vidvec.resize.PictureResize;
import org.vidvec.resize.ResizeKernel;
import org.vidvec.resize.ResizeRule;
import org.vidvec.resize.SmartResize;
import org.vidvec.resize.VolumeResize;

/** The tables of a folder about preprocessing, one check each. */
final class PreprocessingChecks {

    private static final String SIZES = "smart_resize.json";
    private static final String SAMPLING = "frame_sampling.json";
    private static final String PICTURES = "resize.safetensors";
    // of 255: sums in another order
    private static final Bound FLOATS = new Bound(5e-4, false);

    private final Path folder;
    private final String fixture;
    private final Consumer<Check> checks;

    PreprocessingChecks(Path folder, Consumer<Check> checks) {
        this.folder = folder;
        this.fixture = folder.getFileName().toString();
        this.checks = checks;
    }

    /** Whether a folder holds any of it. */
    static boolean isIn(Path folder) {
        return List.of(SIZES, SAMPLING, PICTURES).stream()
                .anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    void run() throws CheckpointException, IOException {
        for (Map.Entry<String, JsonElement> table : tables(SIZES).entrySet()) {
            smartResize(table.getKey(), table.getValue().getAsJsonObject());
        }
        for (Map.Entry<String, JsonElement> table : tables(SAMPLING).entrySet()) {
            sampling(table.getKey(), table.getValue().getAsJsonObject());
        }
        if (Files.exists(folder.resolve(PICTURES))) {
            resize(Reference.open(folder.resolve(PICTURES)));
        }
    }

    private JsonObject tables(String name) throws CheckpointException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? JsonText.object(file) : new JsonObject();
    }

    private void smartResize(String family, JsonObject table) {
        // the table of videos whose frames share their bounds begins with their number
        boolean volume = table.getAsJsonArray("columns").get(0).getAsString().equals("num_frames");
        String wrong = "";
        for (JsonElement element : table.getAsJsonArray("rows")) {
            long[] row = longs(element.getAsJsonArray());
            ImageSize size = volume ? together(row) : alone(row);
            if (size.height() != row[row.length - 2] || size.width() != row[row.length - 1]) {
                wrong = size + " of " + element;
            }
        }
        check("smart_resize", family, wrong);
    }

    /** height, width, factor, min_pixels, max_pixels */
    private static ImageSize alone(long[] row) {
        return new SmartResize((int) row[2], row[3], row[4]).resize((int) row[0], (int) row[1]);
    }

    /** num_frames, height, width, factor, temporal_factor, min_pixels, max_pixels */
    private static ImageSize together(long[] row) {
        return new VolumeResize((int) row[3], (int) row[4], row[5], row[6])
                .resize((int) row[0], (int) row[1], (int) row[2]);
    }

    private void sampling(String family, JsonObject table) {
        String wrong = "";
        try {
            for (JsonElement element : table.getAsJsonArray("rows")) {
                JsonObject row = element.getAsJsonObject();
                long[] expected = longs(row.getAsJsonArray("indices"));
                long[] actual = sampled(family, table.getAsJsonObject("class_defaults"), row);
                if (Arrays.equals(expected, actual) == false) {
                    wrong = Arrays.toString(actual) + " of " + row;
                }
            }
        } catch (CheckpointException e) {
            String reason = "no family [" + family + "]";
            checks.accept(Exact.unchecked(fixture, "frame_sampling", family, reason));
            return;
        }
        check("frame_sampling", family, wrong);
    }

    private static long[] sampled(String family, JsonObject defaults, JsonObject row)
            throws CheckpointException {
        JsonObject settings = defaults == null ? new JsonObject() : defaults.deepCopy();
        row.entrySet().forEach(e -> settings.add(e.getKey(), e.getValue()));
        int frames = row.get("total_num_frames").getAsInt();
        double fps = row.get("video_fps").getAsDouble();
        return ModelParts.ownSampling(family, settings)
                .map(sampling -> Arrays.stream(FramePlan.indices(sampling, frames, fps)))
                .orElse(IntStream.range(0, frames))
                .asLongStream()
                .toArray();
    }

    private void resize(Reference tensors) throws IOException {
        double[] time = {0};
        for (String name : tensors.names()) {
            String[] parts = name.split("\\.");
            String source = parts[0] + ".source";
            if (name.equals(source)) {
                continue;
            }
            if (parts.length != 2 || tensors.has(source) == false) {
                checks.accept(Exact.unchecked(fixture, "resize", name, "no picture to resize"));
                continue;
            }
            resize(tensors, name, parts[1].split("_"), tensors.frames(source, time).get(0));
        }
    }

    /**
     * @param way whose, and with what kernel: {@code torchvision}, {@code pillow} or {@code float};
     *     {@code bicubic} or {@code bilinear}
     */
    private void resize(Reference tensors, String name, String[] way, Frame source)
            throws IOException {
        long[] shape = tensors.shape(name);
        ImageSize size = new ImageSize((int) shape[0], (int) shape[1]);
        ResizeKernel kernel = ResizeKernel.valueOf(way[1].toUpperCase(Locale.ROOT));
        if (way[0].equals("float")) {
            float[] actual = PictureResize.resizeToFloats(source, size, kernel);
            checks.accept(floats(name, tensors.values(name), actual));
        } else {
            ResizeRule rule = ResizeRule.valueOf(way[0].toUpperCase(Locale.ROOT));
            byte[] actual = PictureResize.resize(source, size, kernel, rule).rgb();
            byte[] expected = tensors.frames(name, new double[1]).get(0).rgb();
            check("resize", name, Arrays.equals(expected, actual) ? "" : "bytes differ");
        }
    }

    private Check floats(String name, float[] expected, float[] actual) {
        double maxAbs = Numbers.maxAbs(expected, actual);
        double cosine = Numbers.cosine(expected, actual);
        boolean holds = FLOATS.holds(maxAbs, cosine);
        Check.Outcome outcome = holds ? Check.Outcome.PASSED : Check.Outcome.FAILED;
        return new Check(fixture, "resize", name, outcome, maxAbs, cosine, FLOATS, "");
    }

    private void check(String table, String name, String wrong) {
        checks.accept(Exact.check(fixture, table, name, wrong.isEmpty(), wrong));
    }

    private static long[] longs(JsonArray array) {
        return array.asList().stream().mapToLong(JsonElement::getAsLong).toArray();
    }
}
