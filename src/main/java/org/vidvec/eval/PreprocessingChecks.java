package org.vidvec.eval;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.vidvec.backbone.BicubicResize;
import org.vidvec.backbone.ImageSize;
import org.vidvec.backbone.SmartResize;
import org.vidvec.engine.CheckpointException;
import org.vidvec.media.Frame;

/** The tables of a {@code preprocessing} folder, one check each. */
final class PreprocessingChecks {

    private static final String FIXTURE = "preprocessing";

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
        JsonArray columns = table.getAsJsonArray("columns");
        if (columns.get(0).getAsString().equals("height") == false) {
            unchecked(
                    "smart_resize",
                    family,
                    "bounds over all frames together are not computed by themselves");
            return;
        }
        String wrong = "";
        for (JsonElement element : table.getAsJsonArray("rows")) {
            JsonArray row = element.getAsJsonArray();
            SmartResize rule =
                    new SmartResize(
                            row.get(2).getAsInt(), row.get(3).getAsLong(), row.get(4).getAsLong());
            ImageSize size = rule.resize(row.get(0).getAsInt(), row.get(1).getAsInt());
            if (size.height() != row.get(5).getAsInt() || size.width() != row.get(6).getAsInt()) {
                wrong = size + " of " + row;
            }
        }
        checks.accept(Exact.check(FIXTURE, "smart_resize", family, wrong.isEmpty(), wrong));
    }

    private void resize(Reference tensors) throws IOException {
        double[] time = {0};
        for (String name : tensors.names()) {
            String[] parts = name.split("\\.");
            if (parts[1].equals("source")) {
                continue;
            }
            if (parts[1].equals("torchvision_bicubic")) {
                Frame source = tensors.frames(parts[0] + ".source", time).get(0);
                Frame expected = tensors.frames(name, time).get(0);
                ImageSize size = new ImageSize(expected.height(), expected.width());
                byte[] actual = BicubicResize.resize(source, size).rgb();
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
