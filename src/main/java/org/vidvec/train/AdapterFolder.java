package org.vidvec.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vidvec.backbone.LoraAdapter;
import org.vidvec.engine.CheckpointException;
import org.vidvec.engine.EngineException;
import org.vidvec.engine.SafetensorsWriter;
import org.vidvec.engine.StoredFloats;
import org.vidvec.engine.StoredType;

/** Low-rank matrices as a folder that PEFT reads and writes. */
final class AdapterFolder {

    private AdapterFolder() {}

    /**
     * The matrices of a folder, by their published names.
     *
     * @throws CheckpointException if it is unusable or was made with other settings
     */
    static Map<String, float[]> read(Path folder, LoraMatrices matrices)
            throws CheckpointException {
        LoraAdapter adapter = LoraAdapter.open(folder);
        LoraSettings wanted = matrices.settings();
        if (adapter.rank() != wanted.rank()
                || Math.abs(adapter.scale() - wanted.scale()) > 1e-9
                || adapter.modules() != matrices.modules().size()) {
            throw new CheckpointException(
                    "the adapter ["
                            + folder
                            + "] has rank ["
                            + adapter.rank()
                            + "], scale ["
                            + adapter.scale()
                            + "] and ["
                            + adapter.modules()
                            + "] modules, the run rank ["
                            + wanted.rank()
                            + "], scale ["
                            + wanted.scale()
                            + "] and ["
                            + matrices.modules().size()
                            + "]; give the adapter's own in [lora]");
        }
        Map<String, float[]> values = new LinkedHashMap<>();
        for (LoraLayer layer : matrices.layers()) {
            for (String half : new String[] {"A", "B"}) {
                values.put(
                        layer.published(half),
                        StoredFloats.read(adapter.part(layer.module(), half)));
            }
        }
        return values;
    }

    /**
     * Writes into a folder that is there.
     *
     * @param base what it was trained on; its place beside this folder is written, so that both can
     *     move together
     * @param dtype of the numbers in its file
     * @throws IOException if it can't be written
     */
    static void write(
            Path folder, Path base, LoraMatrices matrices, Parameters parameters, StoredType dtype)
            throws IOException, EngineException, CheckpointException {
        SafetensorsWriter writer = new SafetensorsWriter(dtype);
        for (LoraLayer layer : matrices.layers()) {
            for (String half : new String[] {"A", "B"}) {
                String name = layer.published(half);
                writer.add(name, parameters.shape(name), () -> parameters.values(name));
            }
        }
        writer.write(folder.resolve(LoraAdapter.FILES.get(1)));
        Files.writeString(
                folder.resolve(LoraAdapter.FILES.get(0)),
                new GsonBuilder()
                                .setPrettyPrinting()
                                .serializeNulls()
                                .create()
                                .toJson(config(folder.relativize(base), matrices))
                        + "\n");
    }

    private static JsonObject config(Path base, LoraMatrices matrices) {
        JsonObject config = new JsonObject();
        config.addProperty("peft_type", "LORA");
        config.addProperty("base_model_name_or_path", base.toString());
        config.addProperty("r", matrices.settings().rank());
        config.addProperty("lora_alpha", matrices.settings().alpha());
        config.addProperty("lora_dropout", 0.0);
        config.add("target_modules", new Gson().toJsonTree(matrices.modules()));
        config.addProperty("bias", "none");
        config.addProperty("fan_in_fan_out", false);
        config.addProperty("inference_mode", true);
        config.addProperty("init_lora_weights", true);
        config.addProperty("use_rslora", false);
        config.addProperty("use_dora", false);
        config.add("modules_to_save", JsonNull.INSTANCE);
        config.add("task_type", JsonNull.INSTANCE);
        return config;
    }
}
