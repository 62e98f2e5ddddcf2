package org.vidvec.eval;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.vidvec.engine.CheckpointException;
import org.vidvec.media.Frame;
import org.vidvec.resize.ImageSize;
import org.vidvec.resize.PictureResize;
import org.vidvec.resize.ResizeKernel;
import org.vidvec.resize.ResizeRule;
import org.vidvec.resize.SmartResize;
import org.vidvec.resize.VolumeResize;

/** The tables of a {@code preprocessing} folder, one check each. */
final class PreprocessingChecks {

    private static final String FIXTURE = "preprocessing";

    private static final Map<String, ResizeRule> RULES =
            Map.of(
                    "torchvision_bicubic", ResizeRule.TORCHVISION,
                    "pillow_bicubic", ResizeRule.PILLOW);

    private final Consumer<Check> checks;

    PreprocessingChecks(Consumer<Check> checks) {
        this.checks = checks;
    }

    void run(Path folder) throws CheckpointException, IOException {
        Path sizes = folder.resolve("smart_resize.json");
        if (Files.exists(sizes)) {
            for (Map.Entry<String, JsonElement> table : JsonText.object(sizes).entrySet()) {
                smartResize(table.getKey(), table.getValue().getAsJsonObject());
            }
        }
        Path sampling = folder.resolve("frame_sampling.json");
        if (Files.exists(sampling)) {
            for (String family : JsonText.object(sampling).keySet()) {
                unchecked(
                        "frame_sampling",
                        family,
                        "frames are sampled by the model card's rule, not by the processor's");
            }
        }
        Path pictures = folder.resolve("resize.safetensors");
        if (Files.exists(pictures)) {
            resize(Reference.open(pictures));
        }
    }

    private void smartResize(String family, JsonObject table) {
        // the table of videos whose frames share their bounds begins with their number
        boolean volume = table.getAsJsonArray("columns").get(0).getAsString().equals("num_frames");
        String wrong = "";
        for (JsonElement element : table.getAsJsonArray("rows")) {
            long[] row =
                    element.getAsJsonArray().asList().stream()
                            .mapToLong(JsonElement::getAsLong)
                            .toArray();
            ImageSize size = volume ? together(row) : alone(row);
            if (size.height() != row[row.length - 2] || size.width() != row[row.length - 1]) {
                wrong = size + " of " + element;
            }
        }
        checks.accept(Exact.check(FIXTURE, "smart_resize", family, wrong.isEmpty(), wrong));
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

    private void resize(Reference tensors) throws IOException {
        double[] time = {0};
        for (String name : tensors.names()) {
            String[] parts = name.split("\\.");
            if (parts[1].equals("source")) {
                continue;
            }
            ResizeRule rule = RULES.get(parts[1]);
            if (rule != null) {
                Frame source = tensors.frames(parts[0] + ".source", time).get(0);
                Frame expected = tensors.frames(name, time).get(0);
                ImageSize size = new ImageSize(expected.height(), expected.width());
                byte[] actual =
                        PictureResize.resize(source, size, ResizeKernel.BICUBIC, rule).rgb();
                boolean same = Arrays.equals(expected.rgb(), actual);
                checks.accept(
                        Exact.check(FIXTURE, "resize", name, same, same ? "" : "bytes differ"));
            } else {
                unchecked("resize", name, "not this program's way of resizing");
            }
        }
    }

    private void unchecked(String name, String what, String reason) {
        checks.accept(Exact.unchecked(FIXTURE, name, what, reason));
    }
}
